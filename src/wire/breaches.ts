import type { TSchema } from 'typebox';
// The part of the library that checks; `typebox/compile` brings what converts and repairs too, 130 modules that nobody here calls.
import { Compile, type Validator } from 'typebox/schema';
import type { Breach } from '../kernel/fault.ts';
import { at, lastName } from './schema-node.ts';

/** A validator is compiled when its first request comes: the start waits for none of them. */
const compiled = new WeakMap<TSchema, Validator>();

function validatorOf(schema: TSchema): Validator {
  let validator = compiled.get(schema);
  if (!validator) {
    validator = Compile(schema) as Validator;
    compiled.set(schema, validator);
  }
  return validator;
}

type SchemaError = ReturnType<Validator['Errors']>[1][number];

const words = (types: string | readonly string[]) =>
  [types]
    .flat()
    .filter((type) => type !== 'null')
    .join(' or ');

function sayOf(error: SchemaError): { reason: Breach['reason']; text: string } {
  switch (error.keyword) {
    case 'type':
      return { reason: 'value', text: `must be of type ${words(error.params.type)}` };
    case 'enum':
      return { reason: 'value', text: `must be one of ${error.params.allowedValues.filter((v) => v !== null).join(', ')}` };
    case 'maxLength':
      return { reason: 'length', text: `must not be longer than ${error.params.limit} characters` };
    case 'minItems':
      return { reason: 'required', text: 'must not be empty' };
    default:
      return { reason: 'value', text: error.message };
  }
}

/** What is wrong with a value by its schema, in the words of the wire. Empty when all is well. */
export function breachesOf(schema: TSchema, value: unknown, where: Breach['in']): Breach[] {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return [];
  const found = new Map<string, Breach>();
  const put = (path: string, reason: Breach['reason'], text: string) => {
    if (!found.has(path)) found.set(path, { in: where, at: path, reason, message: `${lastName(path)} ${text}` });
  };
  const [, errors] = validator.Errors(value);
  for (const error of errors) {
    const path = error.instancePath.slice(1);
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties) put(at(path, name), 'required', 'is required');
    } else if (error.keyword !== 'additionalProperties') {
      // TypeBox repeats a fault inside an additional property as one of its parent; that form-less echo is left out
      const { reason, text } = sayOf(error);
      put(path, reason, text);
    }
  }
  return [...found.values()];
}
