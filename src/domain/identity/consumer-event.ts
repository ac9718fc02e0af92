/** Secrets leave their place in an event and not their value. */
export const HIDDEN = ['********', '********'] as const;

/** What every event of a contact's login has. */
export const ofLogin = (contactId: number, loginName: string) => ({
  noun: 'contact_login',
  row_id: contactId,
  row_name: loginName,
  contact_id: contactId,
});
