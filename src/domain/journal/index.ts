export { journalEntryNoun } from './journal.noun.ts';
export { type OwnEntry, ownEntries, writeOwnEntry } from './own-entry.ts';
export { consentChanged, NEW_APPLICANT, NEW_CONTACT, NEW_PROPERTY } from './own-words.ts';
