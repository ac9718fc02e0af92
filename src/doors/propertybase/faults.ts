import { Fault, type FaultKind } from '../../kernel/fault.ts';

/** A refusal as the door answers it: the status, and a text for each fault. */
export class SiteFault extends Fault {
  readonly status: number;
  readonly errors: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, errors: readonly string[], headers: Readonly<Record<string, string>> = {}) {
    super('invalid', errors[0] ?? 'Refused');
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const badRequest = (text: string) => new SiteFault(400, [text]);
export const gone = (model: string) => new SiteFault(404, [`${model} does not exist`]);

/** Texts outside of validation (contracts/propertybase.md §1.4). */
export const WORDS = {
  notJson: 'Request body is not valid JSON',
  notObject: 'Request body must be a JSON object',
  mediaType: 'Content-Type must be application/json',
  otherBody: 'Idempotency key was used with another body',
  running: 'Request with this idempotency key is in progress',
  answerLost: 'Request with this idempotency key was carried out, and its answer is lost',
  changed: 'Record has changed',
  tooLarge: 'Request body is too large',
  tooMany: 'Too many requests',
  defect: 'Internal server error',
  away: 'Service unavailable',
  keyMissing: 'API Key is missing',
  keyInvalid: 'API Key is invalid',
  noRoute: 'Route does not exist',
  noMethod: 'Method is not allowed',
} as const;

const STATUS: Record<FaultKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 422,
  not_found: 404,
  conflict: 422,
  stale: 412,
  too_many: 429,
  unavailable: 503,
};

export type Refusal = {
  readonly status: number;
  readonly errors: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

/** What an error of the house is to a caller; undefined for a defect of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof SiteFault) return { status: error.status, errors: error.errors, headers: error.headers };
  if (!(error instanceof Fault)) return undefined;
  const { kind, breaches, message, retryAfterSeconds } = error;
  const headers: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const fixed: Partial<Record<FaultKind, string>> = { stale: WORDS.changed, too_many: WORDS.tooMany, unavailable: WORDS.away };
  const texts = fixed[kind] ?? (breaches.length > 0 ? breaches.map((breach) => breach.message) : [message]);
  return { status: STATUS[kind], errors: [texts].flat(), headers };
}
