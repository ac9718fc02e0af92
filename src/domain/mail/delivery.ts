/** The task that sends one mail. */
export const DELIVER_MAIL = 'mail.deliver';

export type MailKey = { readonly org_id: number; readonly id: number };

/** Mails wait for other people's servers; whatever else is to be done goes first. */
const PRIORITY = 10;

/** A job for one attempt; two jobs of one attempt are one. */
export const deliveryOf = ({ org_id, id }: MailKey, attempt: number) => ({
  payload: { org_id, id } satisfies MailKey,
  options: { key: `mail:${org_id}:${id}:${attempt}`, priority: PRIORITY },
});
