import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One call, as data. `{{name}}` stands for a captured value, `{{publicUrl}}` for the address of the house. */
export type CaseRequest = {
  readonly method?: string;
  /** relative to the door's base (Spark: to `/v1`); `/oauth/…` and `/public/v2/…` as a client writes them; or a whole address */
  readonly path: string;
  /** the sandbox's, unless told otherwise; null: none */
  readonly token?: string | null;
  /** which sandbox key signs at the Spark door: the agent's, unless told otherwise; null: nobody */
  readonly as?: 'agent' | 'portal' | 'idx' | null;
  /** of the Reapit door: header `reapit-customer`, SBOX unless told otherwise; null: none */
  readonly customer?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** a body as it is */
  readonly text?: string;
  /** this person opens the path in a browser, signs in and allows what is asked */
  readonly person?: string;
};

export type Exchange = {
  readonly request: CaseRequest;
  /** the whole body, "" for none; a header with null must not be there */
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly body: unknown;
  };
  /** places of the vendor's printed sample, `data.0.id`; each must be in the answer */
  readonly printed?: readonly string[];
  /**
   * name → place in the body (`urls.0?`: an address without its query), or `location` with the name of a parameter, `location?code`, or a
   * slash for its last part, `location/`
   */
  readonly capture?: Readonly<Record<string, string>>;
  /** the call is made so often; every answer is the same but for its headers */
  readonly times?: number;
  /** what jobs bring about: the call is made again until it answers so */
  readonly eventually?: boolean;
};

export type Case = {
  readonly name: string;
  readonly learned: string;
  readonly confidence: 'documented' | 'observed' | 'proposed';
  readonly note?: string;
  /** settings of the house; the case gets a house of its own */
  readonly env?: Readonly<Record<string, string>>;
  /** jobs and deliveries run; `{{receiver}}` is an address that takes whatever is posted to it */
  readonly background?: boolean;
  readonly steps: readonly Exchange[];
};

type Written = Omit<Case, 'steps'> & Partial<Exchange> & { readonly steps?: readonly Exchange[] };

function stepsOf({ steps, request, answer, printed, capture, times, eventually, ...facts }: Written): Case {
  if (steps) return { ...facts, steps };
  if (!request || !answer) throw new Error(`${facts.name}: neither steps nor request and answer`);
  const more = {
    ...(printed ? { printed } : {}),
    ...(capture ? { capture } : {}),
    ...(times ? { times } : {}),
    ...(eventually ? { eventually } : {}),
  };
  return { ...facts, steps: [{ request, answer, ...more }] };
}

/** All cases of a door, by the names of their files. */
export function loadCases(door: string): Case[] {
  const folder = join(import.meta.dirname, '..', 'doors', door, 'conformance');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Written[]).map(stepsOf));
}

/** Does it change anything, or want its own settings? Then it runs on a world of its own. */
export const isAlone = ({ env, background, steps }: Case): boolean =>
  env !== undefined ||
  background === true ||
  steps.some(({ request }) => request.person !== undefined || (request.method ?? 'GET') !== 'GET');
