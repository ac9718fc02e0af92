import { FilterRefusal } from './faults.ts';
import { numberFunctions } from './functions-number.ts';
import { textFunctions } from './functions-text.ts';
import { timeFunctions } from './functions-time.ts';
import { shapeFunctions } from './shapes.ts';
import type { CallNode, Span, SparkType } from './tree.ts';
import { mismatch, nameOf, type Result, type ScalarType, type Setting, type Value } from './values.ts';

/** One argument: the types it may have, whether it must be a constant, whether it may be missing. */
export type Parameter = { readonly types: readonly ScalarType[]; readonly constant?: true; readonly optional?: true };
export type FilterFunction = {
  readonly parameters: readonly Parameter[];
  /** makes what the call comes to; arguments have the types of the parameters */
  readonly make: (args: readonly Value[], setting: Setting, at: CallNode) => Result;
};

/** Every function of contracts/spark.md §8.2, by its name. */
const TABLE: Readonly<Record<string, FilterFunction>> = {
  ...textFunctions,
  ...timeFunctions,
  ...numberFunctions,
  ...shapeFunctions,
};

const words = (types: readonly SparkType[]) => types.join(' or ');

function checkArgument(name: string, parameter: Parameter, arg: Result, at: Span): Value {
  if (arg.kind !== 'value') throw mismatch(words(parameter.types), nameOf(arg), at);
  const fits = parameter.types.includes(arg.type) || (arg.type === 'integer' && parameter.types.includes('decimal'));
  if (!fits) throw mismatch(words(parameter.types), arg.type, at);
  if (parameter.constant && arg.scalar.kind !== 'literal') throw new FilterRefusal(`${name} needs a value here, not a field`, at);
  return arg;
}

/** @throws FilterRefusal for an unknown function, another number of arguments, or one of another type */
export function callFunction(call: CallNode, args: readonly Result[], setting: Setting): Result {
  const found = Object.hasOwn(TABLE, call.name) ? TABLE[call.name] : undefined;
  if (!found)
    throw new FilterRefusal(`Unknown function ${call.name.slice(0, 100)}`, {
      start: call.start,
      end: call.start + call.name.length,
    });
  const { parameters } = found;
  const least = parameters.filter((parameter) => !parameter.optional).length;
  if (args.length < least || args.length > parameters.length) {
    const wanted = least === parameters.length ? String(least) : `${least} to ${parameters.length}`;
    throw new FilterRefusal(`${call.name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, found ${args.length}`, call);
  }
  const values = args.map((arg, i) => checkArgument(call.name, parameters[i] as Parameter, arg, call.args[i] as Span));
  return found.make(values, setting, call);
}
