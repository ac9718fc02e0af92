import type { FastifyRequest } from 'fastify';
import { type Breach, invalid } from '../../kernel/fault.ts';
import { declaredType } from '../../wire/collect-body.ts';
import { type Json, JsonNumber, parseJson } from '../../wire/json.ts';
import { type BodyRules, readBody } from '../../wire/read-body.ts';
import type { SparkContract } from './contract/operation.ts';
import { SparkFault } from './faults.ts';

type Members = { readonly [name: string]: Json };
const isObject = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

const JSON_TYPE = /^\s*application\/json\s*(;|$)/i;
const RULES: BodyRules = { empty: 'kept', numbersAndTexts: true };

/** Is there a body, and is it JSON? Asked before anybody looks what is in it (contracts/spark.md §1: H5, H6, H14 step 9). */
export function readSyntax(
  request: FastifyRequest,
  bytes: Uint8Array | undefined,
  { body, bodyOptional }: SparkContract,
): Json | undefined {
  if (!bytes?.length) {
    if (body && !bodyOptional) throw new SparkFault(1035, 'A JSON body is needed');
    return undefined;
  }
  if (!JSON_TYPE.test(declaredType(request))) throw new SparkFault(1035, 'The Content-Type must be application/json');
  const value = parseJson(bytes);
  if (value === undefined) throw new SparkFault(1035, 'The body is not JSON in UTF-8');
  return value;
}

/** The record of a creation: alone in `D`, or the only one of the list that `plural` names; then what stands beside the list joins it. */
function recordOf(d: Members, plural: string | undefined): Members {
  const list = plural === undefined ? undefined : d[plural];
  if (plural === undefined || !Array.isArray(list)) return d;
  if (list.length > 1) throw new SparkFault(1053, `${plural} may hold one record a call, not ${list.length}`);
  const [record] = list as readonly Json[];
  if (!isObject(record)) throw new SparkFault(1050, `${plural} must hold one object`);
  const { [plural]: _, ...beside } = d;
  return { ...beside, ...record };
}

/**
 * What stands inside `D`, in the form of the contract's schema.
 * @throws SparkFault 1050 without D; Fault invalid for its members
 */
export function readContent(value: Json | undefined, { body, plural }: SparkContract): unknown {
  if (!body) return undefined;
  if (value === undefined) return {};
  const d = isObject(value) ? value.D : undefined;
  if (!isObject(d)) throw new SparkFault(1050, 'The body must be an object with an object D in it');
  const read = readBody(body, recordOf(d, plural), RULES);
  const breaches: readonly Breach[] = read.breaches;
  if (breaches.length > 0) throw invalid(breaches);
  return read.value;
}
