import type { Ids } from './facts.ts';
import type { DoorName, Operation } from './operations.ts';

/** Who says to be calling; the run knows what each has to show. */
export const CALLERS = [
  'dotloop',
  'reapit',
  'propertybase',
  'propertybase-reader',
  'spark',
  'spark-agent',
  'spark-portal',
  'spark-idx',
  'page',
  'page-administrator',
  'visitor',
  'stranger',
  'nobody',
  'garbage',
] as const;
export type Caller = (typeof CALLERS)[number];

export type Header = readonly [name: string, value: string];

/** One request, before its caller's credentials are put on. */
export type Shot = {
  readonly door: DoorName | 'sign-in' | 'house';
  readonly method: string;
  /** path and query as they go over the line: Latin-1 without blanks, decodable or not */
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body?: Uint8Array;
  readonly caller: Caller;
  /** the operation that the path certainly leads to; its answers are held against the declared ones */
  readonly operation?: Operation;
  /** the records that the path names */
  readonly ids?: Ids;
};

/** In a header: the tag that the record has at the moment, asked for just before. */
export const CURRENT_TAG = '@current';

/** The whole request on few lines, so that somebody can send it again. */
export function describe({ method, path, headers, body, caller, operation }: Shot): string {
  const sent =
    body === undefined
      ? ''
      : `\n  body (${body.length} bytes): ${JSON.stringify(Buffer.from(body.subarray(0, 2_000)).toString())}`;
  const known = operation ? ` (${operation.method} ${operation.path})` : '';
  return `${method} ${path.slice(0, 2_000)}${known}\n  as ${caller} ${JSON.stringify(headers).slice(0, 1_000)}${sent}`;
}
