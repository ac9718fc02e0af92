import { createHash } from 'node:crypto';
import { DEMO_FOR_TESTS, SANDBOX } from '../sandbox/index.ts';

/** A signed call, made by a client of its own: nothing of the door's code is used. */
export type SparkCall = {
  method?: string;
  /** which sandbox key signs; demo is the second brokerage's; null: nobody. A key of one's own is given whole. */
  as?: 'agent' | 'portal' | 'idx' | 'demo' | SparkKeyPair | null;
  /** an access token in place of a signature */
  bearer?: string;
  /** the body as an object, `D` included */
  json?: unknown;
  /** the body as text */
  body?: string;
  headers?: Record<string, string>;
};
export type SparkKeyPair = { readonly key: string; readonly secret: string };
export type SparkSession = SparkKeyPair & { readonly token: string };

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

const pairOf = (as: NonNullable<SparkCall['as']>): SparkKeyPair =>
  typeof as === 'object' ? as : as === 'demo' ? DEMO_FOR_TESTS.spark.agent : SANDBOX.spark[as];

/** Opens one session a key, when it is first needed. */
export function sparkSessions(post: (path: string) => Promise<{ status: number; body: unknown; text: string }>) {
  const open = new Map<string, Promise<SparkSession>>();
  return (as: NonNullable<SparkCall['as']>): Promise<SparkSession> => {
    const pair = pairOf(as);
    const known = open.get(pair.key);
    if (known) return known;
    const opening = post(`/spark/v1/session?ApiKey=${pair.key}&ApiSig=${md5(`${pair.secret}ApiKey${pair.key}`)}`).then(
      ({ status, body, text }) => {
        if (status !== 200) throw new Error(`No session for ${pair.key}: ${status} ${text}`);
        return { ...pair, token: (body as { D: { Results: { AuthToken: string }[] } }).D.Results[0]?.AuthToken ?? '' };
      },
    );
    open.set(pair.key, opening);
    return opening;
  };
}

/** The path with AuthToken and ApiSig, signed over the path as it stands and decoded values. */
export function signedPath({ key, secret, token }: SparkSession, path: string, method: string, body?: string): string {
  const [plain = '', query = ''] = path.split(/\?(.*)/s);
  const pairs = [...new URLSearchParams(query), ['AuthToken', token]] as [string, string][];
  const order = (a: [string, string], b: [string, string]) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
  const signed = pairs.toSorted(order).map(([name, value]) => name + value);
  const sent = method === 'POST' || method === 'PUT' ? (body ?? '') : '';
  const signature = md5(`${secret}ApiKey${key}ServicePath${plain}${signed.join('')}${sent}`);
  return `${plain}?${query ? `${query}&` : ''}AuthToken=${token}&ApiSig=${signature}`;
}
