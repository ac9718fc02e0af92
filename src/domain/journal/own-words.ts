/** What entries of the house's own say. */
export const NEW_CONTACT = 'New contact';
export const NEW_APPLICANT = 'New applicant';
export const NEW_PROPERTY = 'New property';

const CONSENTS: Readonly<Record<string, string>> = { grant: 'granted', deny: 'denied', notAsked: 'not asked' };
const consent = (word: string | null | undefined) => CONSENTS[word ?? ''] ?? 'not asked';

export const consentChanged = (from: string | null | undefined, to: string | null | undefined) =>
  `Marketing consent changed from ${consent(from)} to ${consent(to)}`;
