import type { Answer, Lab } from '../../../src/testing/lab.ts';
import type { SparkCall } from '../../../src/testing/spark-client.ts';

/** The listing with the two printed notes, and the one without any. */
export const NOTED = '20100815153524571646000000';
export const PLAIN = '20100912153422758914000000';
export const JOHN_SMITH = '20100912536192756362000000';
export const ATTURO = '20110301125434789184000000';
export const HOT_TUB = 'Great home, wondering if seller is willing to include hot tub.';

export const mine = (listing = PLAIN) => `/listings/${listing}/my/notes`;
export const withAgent = (listing = PLAIN) => `/listings/${listing}/shared/notes`;
export const every = (listing = PLAIN) => `/listings/${listing}/shared/notes/contacts`;
export const withContact = (contact = JOHN_SMITH, listing = PLAIN) => `${every(listing)}/${contact}`;

export const none = { D: { Success: true, Results: [] } };
export const done = { D: { Success: true } };
export const made = (path: string) => ({ D: { Success: true, Results: [{ ResourceUri: `/v1${path}/` }] } });
export const privately = (text: string, listing = PLAIN) => ({
  D: { Success: true, Results: [{ ResourceUri: `/v1${mine(listing)}/`, Note: text }] },
});
export const sharedRow = (text: string, contact = JOHN_SMITH, listing = PLAIN) => ({
  ResourceUri: `/v1${withContact(contact, listing)}/`,
  ContactId: contact,
  Note: text,
});
export const shared = (text: string, contact = JOHN_SMITH, listing = PLAIN) => ({
  D: { Success: true, Results: [sharedRow(text, contact, listing)] },
});

/** Status and Code; Code is undefined where it went well. */
export const codeOf = ({ status, text, headers }: Answer): string => {
  const json = headers.get('content-type')?.includes('json') && text !== '';
  return `${status}/${json ? (JSON.parse(text) as { D: { Code?: number } }).D.Code : undefined}`;
};

export const putNote = (lab: Lab, path: string, Note: unknown, as: SparkCall['as'] = 'agent') =>
  lab.spark(path, { method: 'PUT', as, json: { D: { Note } } });

/** Takes away every note that the story does not tell. */
export async function clearNotes(lab: Lab): Promise<void> {
  await lab.rows('delete from note_entry where note_id not in (6001, 6002)');
  await lab.rows('delete from note where id not in (6001, 6002)');
}

/** A personal token of Brian's. */
export const tokenOf = (lab: Lab): Promise<string> =>
  lab.house.stores.domain.identity.createPersonalToken({ orgId: 1, userId: 1, name: 'notes' });
