import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, type FaultKind } from '../../kernel/fault.ts';
import { type Answer, sendAnswer } from '../../wire/answer.ts';

const STATUS: Record<FaultKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 422,
  stale: 412,
  too_many: 429,
  unavailable: 503,
};

/** The sentences that clients know (contracts/reapit.md §1.8, §1.10, §1.14). */
export const TEXTS = {
  unauthenticated:
    'The request cannot be fulfilled because it lacks the authentication credentials required to access the resource. Please generate a new access token and try again.',
  notInstalled:
    'The request could not be fulfilled as the reapit customer specified by the provided credentials does not have the application installed.',
  scope: 'This application has not been granted the required scope to interact with this endpoint.',
  notFound: 'The requested resource could not be found.',
  matchMissing:
    "Precondition failed: Update operations require that the target resources current ETag is included in the requests 'If-Match' header.",
  matchStale:
    'Precondition failed: The ETag provided does not match the current version of this resource. Re-fetch the latest version of this resource before attempting to update it.',
  invalid: 'One or more validation failures have occurred. Please refer to Errors list for details',
  extras: 'Access to one or more of the specified fields is not permitted. You must be granted access to this data beforehand',
  defect:
    'An unexpected error has been encountered when fulfilling this request. This incident has been logged and will be investigated. Please try again.',
} as const;

/** A refusal with a status that no kind of fault has. */
export class ReapitFault extends Fault {
  readonly status: number;
  constructor(status: number, message: string) {
    super('invalid', message);
    this.status = status;
  }
}

export const badRequest = (message: string) => new ReapitFault(400, message);
export const scopeMissing = (scope: string) => new Fault('forbidden', `${TEXTS.scope} Scope needed: ${scope}`);

/** `2023-03-17T10:35:18.1230000Z`: seven digits, here and in webhooks and signed addresses only. */
export const sevenDigits = (at: Date): string => at.toISOString().replace('Z', '0000Z');

const body = (status: number, at: Date, description: string) => ({ statusCode: status, dateTime: sevenDigits(at), description });

/** An unknown path, or a path without that verb; the gateway's own form (§1.1). */
export const unknownRoute: Answer = { status: 403, json: { message: 'Missing Authentication Token' } };

function describe(fault: Fault, status: number): string {
  if (fault.kind === 'not_found') return TEXTS.notFound;
  if (fault.kind === 'unauthenticated') return fault.reason === 'not_installed' ? TEXTS.notInstalled : TEXTS.unauthenticated;
  if (fault.kind === 'stale') return fault.reason === 'if_match.missing' ? TEXTS.matchMissing : TEXTS.matchStale;
  return status === 422 ? TEXTS.invalid : fault.message;
}

function statusOf(fault: Fault): number {
  if (fault instanceof ReapitFault) return fault.status;
  if (fault.reason === 'record.archived') return 400;
  if (fault.reason === 'database.slow') return 504;
  // A fault of the query, or of a body that is no JSON object, is bad syntax.
  const syntax = fault.breaches.some((breach) => breach.in === 'query' || breach.reason === 'form');
  return fault.kind === 'invalid' && syntax ? 400 : STATUS[fault.kind];
}

/** One item a breach; a refusal that names no member says its own words. */
function errorsOf(fault: Fault) {
  const items = fault.breaches.map(({ at = '', message }) => ({ field: at.replaceAll('/', '.'), message }));
  return items.length > 0 ? items : [{ field: '', message: fault.message }];
}

/** The face of a fault at this door. */
export function faultAnswer(fault: Fault, now: Date): Answer {
  const status = statusOf(fault);
  const plain = body(status, now, describe(fault, status));
  const retry = fault.kind === 'too_many' || fault.kind === 'unavailable';
  return {
    status,
    ...(retry ? { headers: { 'retry-after': String(fault.retryAfterSeconds ?? 5) } } : {}),
    json: status === 422 ? { errors: errorsOf(fault), ...plain } : plain,
  };
}

/** The one place where what the framework throws becomes a fault. */
function asFault(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  const { statusCode, message } = error as FastifyError;
  if (statusCode === 413) return new ReapitFault(413, 'The request is larger than 6 MB');
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? badRequest(message) : undefined;
}

export const makeErrorHandler = (now: () => Date) => (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const fault = asFault(error);
  if (fault?.kind === 'unavailable') request.log.warn({ err: fault.cause ?? fault }, 'something that the answer needs is away');
  if (fault) return sendAnswer(reply, faultAnswer(fault, now()));
  request.log.error({ err: error }, 'a defect of ours');
  return sendAnswer(reply, { status: 500, json: body(500, now(), TEXTS.defect) });
};
