import type { Answer, Lab } from '../../../src/testing/lab.ts';
import type { SparkCall } from '../../../src/testing/spark-client.ts';

export const BRIAN = '20080602130000000000000000';
export const JOHN_SMITH = '20100912536192756362000000';
export const ATTURO = '20110301125434789184000000';
export const HOT_TUB = '20100815153524571646000000';
export const WATERVIEW = '20100912153422758914000000';
export const UNKNOWN = '20991231235959000000000000';

export const FAVORITES = '20170426133000000000000000';
export const POSSIBILITIES = '20170426133000000000000001';
export const TOUR = '20170503162000000000000000';
export const CONDOS = '20170427151000000000000000';
export const TWIN_PEAKS = '20170502093000000000000000';
export const CONSUMERS_OWN = '20170506184500000000000000';
export const FOR_SALE_NOW = '20170601080000000000000000';

export type Row = { readonly Id: string } & Record<string, unknown>;
type Body = { readonly D: { readonly Results?: readonly Row[]; readonly Code?: number; readonly Message?: string } };

export const done = { D: { Success: true } };
export const rowsOf = ({ body }: Answer): readonly Row[] => (body as Body).D.Results ?? [];
export const messageOf = ({ body }: Answer) => (body as Body).D.Message;
/** `404/404`: status and Code. */
export const saysOf = ({ status, body }: Answer) => `${status}/${(body as Body).D.Code ?? ''}`;

export const filtering = (path: string, text: string) => `${path}?_filter=${encodeURIComponent(text)}`;
export const send = (lab: Lab, method: string, path: string, D?: object, as: SparkCall['as'] = 'agent') =>
  lab.spark(path, { method, as, ...(D === undefined ? {} : { json: { D } }) });

/** Makes something and answers its key. */
export async function make(lab: Lab, path: string, D: object, as: SparkCall['as'] = 'agent'): Promise<string> {
  const answer = await send(lab, 'POST', path, D, as);
  if (answer.status !== 201) throw new Error(answer.text);
  const uri = String(rowsOf(answer)[0]?.ResourceUri);
  return uri.slice(uri.lastIndexOf('/') + 1);
}
