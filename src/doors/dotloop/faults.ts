import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Merged } from '../../domain/index.ts';
import { type Breach, Fault, type FaultKind, invalid } from '../../kernel/fault.ts';
import { TooLarge } from '../../kernel/files.ts';
import { type Answer, sendAnswer } from '../../wire/answer.ts';

const STATUS: Record<FaultKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 422,
  stale: 422,
  too_many: 429,
  unavailable: 503,
};

/** Codes of faults by kind, where no reason below says more (contracts/dotloop.md §3). */
const KIND_CODE: Record<FaultKind, string> = {
  invalid: '1002',
  unauthenticated: '',
  forbidden: '2002',
  not_found: '3001',
  conflict: '4001',
  stale: '4001',
  too_many: '4290',
  unavailable: '5030',
};

const REASON_CODE: Readonly<Record<string, string>> = {
  scope: '2001',
  'profile.no_access': '2002',
  'profile.not_individual': '2003',
  'profile.deactivated': '2003',
  'deal.status_unfit': '4001',
  'deal.template_required': '4002',
  'deal.template_unusable': '4003',
};

const BREACH_CODE: Record<Breach['reason'], string> = {
  form: '1000',
  required: '1001',
  value: '1002',
  length: '1003',
  date: '1006',
  upload: '1007',
};

function codeOf(breach: Breach): string {
  if (breach.in === 'path') return '1004';
  if (breach.in === 'query') return breach.reason === 'date' ? '1006' : '1005';
  return BREACH_CODE[breach.reason];
}

/** `{"pointer":"/data/attributes/profileid"}` for bodies and ids of paths, `{"parameter":"filter"}` for queries [seed 15.2.1]. */
function sourceOf(breach: Breach): Record<string, string> | undefined {
  if (breach.at === undefined || breach.at === '') return undefined;
  if (breach.in === 'query') return { parameter: breach.at };
  return { pointer: `/data/attributes/${breach.in === 'path' ? breach.at.toLowerCase() : breach.at}` };
}

type Item = { code: string; source?: Record<string, string>; detail: string };

function itemsOf(fault: Fault): Item[] {
  const own = fault.reason === undefined ? undefined : REASON_CODE[fault.reason];
  const code = own ?? KIND_CODE[fault.kind];
  if (fault.breaches.length === 0) return [{ code, detail: fault.message }];
  return fault.breaches.map((breach) => {
    const source = sourceOf(breach);
    return { code: fault.kind === 'invalid' ? codeOf(breach) : code, ...(source ? { source } : {}), detail: breach.message };
  });
}

/** The `errors` body; `message` repeats the first detail, because several clients show only that (contracts/dotloop.md §3). */
const errorsBody = (items: readonly Item[]) => ({ message: items[0]?.detail ?? '', errors: items });

/** A 401 is an object of strings and nothing else: clients decode it as such and refresh by `invalid_token` (§2.7). */
function unauthenticated(fault: Fault): Answer {
  const error = fault.reason ?? 'invalid_token';
  return { status: 401, headers: { 'www-authenticate': 'Bearer' }, json: { error, error_description: fault.message } };
}

/** The face of a fault at this door. */
export function faultAnswer(fault: Fault): Answer {
  if (fault.kind === 'unauthenticated') return unauthenticated(fault);
  const headers: Record<string, string> = {};
  if (fault.kind === 'too_many' || fault.kind === 'unavailable') headers['retry-after'] = String(fault.retryAfterSeconds ?? 5);
  if (fault instanceof MissingScope) headers['www-authenticate'] = `Bearer error="insufficient_scope", scope="${fault.needed}"`;
  return { status: STATUS[fault.kind], headers, json: errorsBody(itemsOf(fault)) };
}

/** The token lacks the scope; any of `needed` would do. */
export class MissingScope extends Fault {
  readonly needed: string;

  constructor(needed: readonly string[]) {
    super('forbidden', `The access token lacks the scope ${needed.join(' or ')}`, { reason: 'scope' });
    this.needed = needed.join(' ');
  }
}

/** The one place where what the framework and the file port throw becomes a fault; undefined for a defect of ours. */
function asFault(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  if (error instanceof TooLarge) return invalid({ in: 'body', at: 'file', reason: 'upload', message: error.message });
  // 405, 411, 413 and 415 are not used at this door: whatever the framework refuses is a bad request (§3)
  const { statusCode, message } = error as FastifyError;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return invalid({ in: 'body', reason: 'form', message });
  return undefined;
}

/**
 * GET of a merged loop: the path of the survivor, without host or prefix, sub-path and query kept; the loop itself in exactly the
 * documented form, which clients parse by pattern (§5.4).
 */
export function mergedAnswer(url: string, survivorId: number): Answer {
  const [, profile = '', rest = ''] = /\/profile\/(\d+)\/loop\/\d+(.*)$/s.exec(url) ?? [];
  const kept = rest.replace(/^\/?\??$/, '');
  return { status: 301, headers: { location: `/public/v2/profile/${profile}/loop/${survivorId}${kept}` } };
}

export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Merged) return sendAnswer(reply, mergedAnswer(request.raw.url ?? '', error.survivorId));
  const fault = asFault(error);
  if (fault?.kind === 'unavailable') request.log.warn({ err: fault.cause ?? fault }, 'something that the answer needs is away');
  if (fault) return sendAnswer(reply, faultAnswer(fault));
  request.log.error({ err: error }, 'a defect of ours');
  const detail = `Something went wrong here. Tell the operator this request id: ${request.id}`;
  return sendAnswer(reply, { status: 500, json: errorsBody([{ code: '5000', detail }]) });
}

/** An unknown path, and a method that a path does not have: 404, never 405, with or without a token (§1.1). */
export function handleUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = ''] = request.originalUrl.split('?');
  return sendAnswer(reply, faultAnswer(new Fault('not_found', `There is no ${request.method} ${path.slice(0, 200)}`)));
}
