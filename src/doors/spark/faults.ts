import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Breach, Fault, type FaultKind } from '../../kernel/fault.ts';
import { type Answer, sendAnswer } from '../../wire/answer.ts';

/** Status and Code of a fault by its kind (contracts/spark.md §6). */
const KIND: Record<FaultKind, readonly [status: number, code: number]> = {
  invalid: [400, 1053],
  unauthenticated: [401, 1000],
  forbidden: [403, 1500],
  not_found: [404, 404],
  conflict: [409, 1055],
  stale: [409, 1055],
  too_many: [429, 1550],
  unavailable: [503, 1510],
};

const BREACH: Record<Breach['reason'], number> = {
  form: 1035,
  required: 1050,
  value: 1053,
  length: 1053,
  date: 1053,
  upload: 1053,
};

/** Status of the codes of §6, where it is not the kind's. */
const STATUS_OF_CODE: Readonly<Record<number, number>> = {
  1000: 401,
  1010: 401,
  1020: 401,
  1005: 403,
  1013: 403,
  1015: 403,
  1019: 403,
  1021: 403,
  1030: 403,
  1100: 403,
  1500: 403,
  1505: 403,
  404: 404,
  405: 405,
  1017: 405,
  1018: 405,
  1055: 409,
  1110: 409,
  2505: 409,
  1550: 429,
};

/** Refusals of the domain that this vendor tells apart. */
const REASON: Readonly<Record<string, number>> = {
  'contact.no_portal_account': 1100,
  'login.exists': 1110,
  'password.wrong': 1060,
  'password.used_before': 1061,
};

export type SparkQlError = {
  readonly Token: string;
  readonly Expression?: string;
  readonly Message: string;
  readonly Status: 'Fatal' | 'Dropped' | 'Recovered';
};

/** A refusal with a code of this vendor's. `members` go into D beside Code and Message: Details, SparkQLErrors. */
export class SparkFault extends Fault {
  readonly code: number;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    message: string,
    more: { status?: number; members?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super('invalid', message);
    this.code = code;
    this.status = more.status ?? STATUS_OF_CODE[code] ?? 400;
    this.members = more.members ?? {};
    this.headers = more.headers ?? {};
  }
}

/** A rule of a member that a value broke, in the form of §3. */
export const ruleDetails = (member: string, name: string, rule: unknown, value: unknown) => ({
  Details: [{ [member]: [{ RuleName: name, RuleValue: rule, Value: value, RuleField: null, RuleFieldValue: null }] }],
});

const failure = (status: number, code: number, message: string, members: object = {}, headers = {}): Answer => ({
  status,
  headers: { ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}), ...headers },
  json: { D: { Success: false, Code: code, Message: message, ...members } },
});

/** The face of a fault at this door. */
export function faultAnswer(fault: Fault): Answer {
  if (fault instanceof SparkFault) return failure(fault.status, fault.code, fault.message, fault.members, fault.headers);
  // A statement that the database ended: 1515; a filter's own is 1516 (filtering.ts).
  const [status, code] = fault.reason === 'database.slow' ? [503, 1515] : KIND[fault.kind];
  const retry = fault.retryAfterSeconds ?? 5;
  const headers = fault.kind === 'too_many' || fault.kind === 'unavailable' ? { 'retry-after': String(retry) } : {};
  if (fault.kind === 'not_found') return failure(404, 404, 'Not found');
  const told = REASON[fault.reason ?? ''];
  if (told !== undefined) return failure(STATUS_OF_CODE[told] ?? status, told, fault.message);
  const [breach] = fault.breaches;
  const members = breach?.limit === undefined ? {} : ruleDetails(breach.at ?? '', 'MaxLength', breach.limit, breach.length);
  return failure(status, fault.kind === 'invalid' && breach ? BREACH[breach.reason] : code, fault.message, members, headers);
}

/** The one place where what the framework throws becomes a fault. */
function asFault(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  const { statusCode, message } = error as FastifyError;
  if (statusCode === 413) return new SparkFault(1053, 'The body is larger than 1 MiB', { status: 413 });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new SparkFault(1035, message);
  return undefined;
}

export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = asFault(error);
  if (fault?.kind === 'unavailable') request.log.warn({ err: fault.cause ?? fault }, 'something that the answer needs is away');
  if (fault) return sendAnswer(reply, faultAnswer(fault));
  request.log.error({ err: error }, 'a defect of ours');
  return sendAnswer(reply, failure(500, 1026, `Something went wrong here. Tell the operator this request id: ${request.id}`));
}
