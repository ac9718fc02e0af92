import type { Answer, Lab } from '../../../src/testing/lab.ts';
import type { SparkCall } from '../../../src/testing/spark-client.ts';

/** The two listings that documents print. */
export const MAIN_STREET = '20100815153524571646000000';
export const WATERVIEW = '20100912153422758914000000';
export const BRIAN = '20080602130000000000000000';

type Record = {
  readonly Id: string;
  readonly StandardFields: { readonly [name: string]: unknown };
  readonly [name: string]: unknown;
};
export type Listed = {
  readonly D: {
    readonly Success: boolean;
    readonly Results: readonly Record[];
    readonly Pagination?: { readonly TotalRows: number; readonly PageSize: number; readonly TotalPages: number };
    readonly SkipToken?: string;
  };
};

export type Asked = { readonly [parameter: string]: string | number };
export const query = (asked: Asked) =>
  Object.entries(asked)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** What is wrong with a request: `400/1053 message`. */
export const faultOf = ({ status, body }: Answer): string => {
  const { Code, Message } = (body as { D: { Code?: number; Message?: string } }).D;
  return `${status}/${Code} ${Message}`;
};

export function listingsOf(lab: Lab) {
  const list = async (asked: Asked = {}, call: SparkCall = {}, path = '/listings'): Promise<Listed['D']> => {
    const answer = await lab.spark(`${path}?${query(asked)}`, call);
    if (answer.status !== 200) throw new Error(`${path}?${query(asked)} answers ${faultOf(answer)}`);
    return (answer.body as Listed).D;
  };
  return {
    list,
    /** keys in the order of the answer */
    keys: async (asked: Asked = {}, call: SparkCall = {}, path = '/listings') =>
      (await list({ _select: 'Id', ...asked }, call, path)).Results.map(({ Id }) => Id),
    total: async (asked: Asked = {}, call: SparkCall = {}, path = '/listings') =>
      (await list({ _pagination: 'count', ...asked }, call, path)).Pagination?.TotalRows,
    /** one member of each listing */
    values: async (name: string, asked: Asked = {}, call: SparkCall = {}) =>
      (await list({ _select: name, ...asked }, call)).Results.map(({ StandardFields }) => StandardFields[name]),
    fault: async (asked: Asked, call: SparkCall = {}, path = '/listings') =>
      faultOf(await lab.spark(`${path}?${query(asked)}`, call)),
  };
}
