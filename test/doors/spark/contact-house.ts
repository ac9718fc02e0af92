import type { Lab } from '../../../src/testing/lab.ts';

export const BRIAN = '20080602130000000000000000';
export const JOHN_SMITH = '20100912536192756362000000';
export const ATTURO = '20110301125434789184000000';
/** Hannah Voss, whose portal account is closed. */
export const HANNAH = '20170621140200000000000000';
export const NOBODY = '20991231235959000000000000';

export type Row = { readonly Id: string } & Record<string, unknown>;
export type Body = {
  readonly D: {
    readonly Success: boolean;
    readonly Code?: number;
    readonly Message?: string;
    readonly Results?: readonly Row[];
    readonly Pagination?: unknown;
    readonly SkipToken?: string;
  };
};
export const done = { D: { Success: true } };

export const rowsOf = (answer: { readonly body: unknown }): readonly Row[] => (answer.body as Body).D.Results ?? [];
/** `404/404`: status and Code. */
export const saysOf = ({ status, body }: { readonly status: number; readonly body: unknown }) =>
  `${status}/${(body as Body).D.Code ?? ''}`;

export const filter = (text: string) => `/contacts?_filter=${encodeURIComponent(text)}`;
export const put = (lab: Lab, path: string, D: object, as: 'agent' | 'portal' | 'idx' = 'agent') =>
  lab.spark(path, { method: 'PUT', as, json: { D } });
export const post = (lab: Lab, path: string, D: object, as: 'agent' | 'portal' | 'idx' = 'agent') =>
  lab.spark(path, { as, json: { D } });

/** Adds a contact and answers its key. */
export async function addContact(lab: Lab, D: object): Promise<string> {
  const answer = await post(lab, '/contacts', D);
  const uri = String(rowsOf(answer)[0]?.ResourceUri);
  if (answer.status !== 201) throw new Error(answer.text);
  return uri.slice(uri.lastIndexOf('/') + 1);
}
export const readContact = async (lab: Lab, key: string): Promise<Row> => {
  const [row] = rowsOf(await lab.spark(`/contacts/${key}`));
  if (!row) throw new Error(`No contact ${key}`);
  return row;
};
