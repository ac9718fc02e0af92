/** The one family of faults. Each door has one table that turns a kind into its status and body (design §5). */
export type FaultKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'too_many'
  | 'unavailable';

/** What is wrong with one member of a request. `at` is its path in the words of the caller's wire, steps joined by `/`. */
export type Breach = {
  readonly in: 'body' | 'query' | 'path';
  readonly at?: string;
  readonly reason: 'required' | 'value' | 'length' | 'date' | 'form' | 'upload';
  readonly message: string;
  /** of reason length: how long it may be, and how long it is */
  readonly limit?: number;
  readonly length?: number;
};

/**
 * Why a request was refused, in words that a person can act on.
 * `reason` is a stable word for faults that a door tells apart (`deal.template_required`); `breaches` says which members are wrong.
 */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly reason?: string;
  readonly breaches: readonly Breach[];
  readonly retryAfterSeconds?: number;

  constructor(
    kind: FaultKind,
    message: string,
    more: { reason?: string; breaches?: readonly Breach[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.kind = kind;
    if (more.reason !== undefined) this.reason = more.reason;
    if (more.retryAfterSeconds !== undefined) this.retryAfterSeconds = more.retryAfterSeconds;
    this.breaches = more.breaches ?? [];
  }
}

/** One breach, or several that are reported together: a list, for bodies bring more than a call has arguments. */
export const invalid = (told: Breach | readonly Breach[]) => {
  const breaches = [told].flat();
  return new Fault('invalid', breaches[0]?.message ?? 'The request is invalid', { breaches });
};

/** The member of a body is wrong: the form most rules of the domain need. */
export const invalidMember = (at: string, reason: Breach['reason'], message: string) =>
  invalid({ in: 'body', at, reason, message });

/** Also for what belongs to another organisation: strangers learn nothing (design §3). */
export const notFound = (noun: string) => new Fault('not_found', `No such ${noun}`, { reason: noun });

export const forbidden = (reason: string, message: string) => new Fault('forbidden', message, { reason });

/** Well formed, but the state of the record does not allow it. */
export const conflict = (reason: string, message: string, at?: string) =>
  new Fault('conflict', message, { reason, breaches: at ? [{ in: 'body', at, reason: 'value', message }] : [] });

/** Something that the answer needs is away for the moment: the database, the file store. */
export const unavailable = (message: string, cause?: unknown) =>
  new Fault('unavailable', message, { cause, retryAfterSeconds: 5 });
