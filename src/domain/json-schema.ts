import { createContext, Script } from 'node:vm';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import draft04Module from 'ajv-draft-04';
import formatsModule from 'ajv-formats';

/** Schemas that strangers send: how large they may be, how long they may be thought about. */
const MOST_LENGTH = 65_536;
const MOST_DEPTH = 40;
/** Good ones take some ten milliseconds, and less than one; a machine that is busy with other things must not make bad ones of them. */
const COMPILE_MS = 2_000;
const RUN_MS = 300;

export type Dialect = 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12';

/** What a schema says about a document: nothing, what is wrong with it, or that it could not be told in time. */
export type Verdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'invalid'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'slow' };
/** `at` is a path of steps joined by `/`, empty for the whole document. */
export type Reason = { readonly at: string; readonly message: string };

export type Schema = { judge(document: unknown): Verdict };
/** Why a text is no schema of ours, as a sentence. */
export class SchemaFault extends Error {}

const DIALECTS: readonly (readonly [Dialect, RegExp])[] = [
  ['draft-04', /json-schema\.org\/draft-04\/schema#?$/],
  ['draft-06', /json-schema\.org\/draft-06\/schema#?$/],
  ['draft-07', /json-schema\.org\/draft-07\/schema#?$/],
  ['2019-09', /json-schema\.org\/draft\/2019-09\/schema#?$/],
  ['2020-12', /json-schema\.org\/draft\/2020-12\/schema#?$/],
];

// Both are CommonJS whose types speak of `default`.
const addFormats = formatsModule.default ?? formatsModule;
const Ajv04 = draft04Module.default ?? draft04Module;

/** A validator of its own for each schema: ids of one never meet those of another, and nothing outside is ever fetched. */
function makeAjv(dialect: Dialect) {
  const options = { strict: false, allErrors: true, logger: false } as const;
  const made = {
    'draft-04': () => new Ajv04(options),
    'draft-06': () => new Ajv(options).addMetaSchema(draft06),
    'draft-07': () => new Ajv(options),
    '2019-09': () => new Ajv2019(options),
    '2020-12': () => new Ajv2020(options),
  }[dialect]();
  addFormats(made as Ajv);
  return made;
}

const box = createContext({ work: null });
const run = new Script('work()');

/**
 * Runs work for so long and no longer: patterns may backtrack, references may multiply, and neither can be told from the schema's size.
 * V8 ends whatever runs inside, regular expressions included; a call costs 0.3 ms (2-core machine, 2026-11).
 */
function within<T>(ms: number, work: () => T): T | undefined {
  box.work = work;
  try {
    return run.runInContext(box, { timeout: ms }) as T;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    // A schema that refers to itself and to nothing else.
    if (error instanceof RangeError) return undefined;
    // What is ended inside of generated code leaves no error of ours behind.
    if (!(error instanceof Error)) return undefined;
    throw error;
  } finally {
    box.work = null;
  }
}

function depthOf(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (most === 0) return 1;
  return 1 + Math.max(0, ...Object.values(value).map((one) => depthOf(one, most - 1)));
}

function parse(text: string): object | boolean {
  if (text.length > MOST_LENGTH) throw new SchemaFault(`The schema has more than ${MOST_LENGTH} characters`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new SchemaFault('The schema is not JSON');
  }
  if (typeof parsed !== 'boolean' && (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)))
    throw new SchemaFault('The schema must be a JSON object');
  if (depthOf(parsed, MOST_DEPTH) > MOST_DEPTH) throw new SchemaFault(`The schema nests deeper than ${MOST_DEPTH} levels`);
  return parsed;
}

function dialectOf(schema: object | boolean, otherwise: Dialect): Dialect {
  const named = typeof schema === 'object' && '$schema' in schema ? schema.$schema : undefined;
  if (named === undefined) return otherwise;
  const found = typeof named === 'string' ? DIALECTS.find(([, form]) => form.test(named)) : undefined;
  if (!found) throw new SchemaFault(`The dialect ${JSON.stringify(named)} is not known`);
  return found[0];
}

const reasonOf = ({ instancePath, message = 'is not valid', params, keyword }: ErrorObject): Reason => ({
  at: instancePath.slice(1),
  message: keyword === 'enum' ? `${message}: ${(params.allowedValues as unknown[]).join(', ')}` : message,
});

/** As many reasons as a person will read. */
const MOST_REASONS = 50;

/** @throws SchemaFault for what is no schema of its dialect, refers to something outside, or takes too long to understand */
export function readSchema(text: string, otherwise: Dialect): Schema {
  const schema = parse(text);
  const ajv = makeAjv(dialectOf(schema, otherwise));
  let validate: ValidateFunction | undefined;
  try {
    validate = within(COMPILE_MS, () => ajv.compile(schema));
  } catch (error) {
    throw new SchemaFault(error instanceof Error ? `The schema is not valid: ${error.message}` : 'The schema is not valid');
  }
  if (!validate) throw new SchemaFault('The schema is too large to be understood in time');
  // It would answer with a promise, which nobody here waits for.
  if ('$async' in validate) throw new SchemaFault('Schemas with $async are not taken');
  const ready = validate;
  return {
    judge(document) {
      const valid = within(RUN_MS, () => ready(document));
      if (valid === undefined) return { kind: 'slow' };
      if (valid) return { kind: 'valid' };
      return { kind: 'invalid', reasons: (ready.errors ?? []).slice(0, MOST_REASONS).map(reasonOf) };
    },
  };
}
