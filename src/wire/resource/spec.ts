import type { Method } from '../contract.ts';
import { perText } from './per-text.ts';

/** The published shape of a member, as the data file of a door has it. */
export type FieldSpec = {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'any';
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly required?: boolean;
  readonly requiredWhen?: When;
  readonly readOnly?: boolean;
  readonly nullable?: boolean;
  readonly fields?: Fields;
  readonly items?: FieldSpec;
  readonly additionalProperties?: boolean;
  /** misspelt values that are taken for the one of `enum` of which they lack letters */
  readonly alsoAccept?: readonly string[];
  readonly model?: string;
};
export type Fields = Readonly<Record<string, FieldSpec>>;

/** All conditions hold; paths start at the body's root. */
export type When = {
  readonly equals?: Readonly<Record<string, unknown>>;
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  readonly absentOrZero?: readonly string[];
};

export type QuerySpec = {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly format?: string;
  readonly array?: boolean;
  readonly enum?: readonly string[];
  /** path of the model that is compared, and how */
  readonly field?: string;
  readonly op?: 'in' | 'eq' | 'notIn' | 'gte' | 'lte' | 'containsAny' | 'exists' | 'text';
  readonly default?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

export type EndpointSpec = {
  readonly method: Method;
  readonly path: string;
  readonly status: number;
  readonly ifMatch?: boolean;
  readonly operationId?: string;
  readonly request?: string;
  readonly response?: string;
  readonly source: string;
};

export type Rule = {
  readonly rule: string;
  readonly field?: string;
  readonly fields?: readonly string[];
  readonly value?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly when?: When;
  readonly query?: string;
};

export type Shape = { readonly name?: string; readonly fields: Fields };

/** One group of operations: a list and its items, or a single object. */
export type GroupSpec = {
  readonly path?: string;
  readonly itemPath?: string;
  readonly paged: boolean;
  readonly endpoints: readonly EndpointSpec[];
  readonly scopes: { readonly read?: string; readonly write?: string };
  readonly query?: Readonly<Record<string, QuerySpec>>;
  readonly itemQuery?: readonly string[];
  readonly sortBy?: readonly string[];
  readonly embed?: readonly string[];
  readonly links?: Readonly<Record<string, string>>;
  readonly rules?: readonly Rule[];
  readonly model?: Shape;
  readonly create?: Shape;
  readonly update?: Shape;
  readonly bulkUpdate?: Shape;
  readonly idExample?: string;
  readonly topics?: readonly string[];
};

const stepsOf = perText((path): readonly string[] => path.split('.'));

/** The value at `buying.priceFrom`; undefined where there is none. */
export function valueAt(model: unknown, path: string): unknown {
  let value = model;
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** The specification of a member at `buying.priceFrom`; lists are stepped into. */
export function specAt(fields: Fields, path: string): FieldSpec | undefined {
  const [name = '', ...rest] = path.split('.');
  const spec = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!spec || rest.length === 0) return spec;
  const inner = spec.fields ?? spec.items?.fields;
  return inner && specAt(inner, rest.join('.'));
}

const SYSTEM = new Set(['id', 'created', 'modified', '_links', '_embedded', '_eTag', 'extrasField']);

/** Writable members of a read model, for groups whose write model was never published. */
export function writableOf(model: Shape | undefined): Shape {
  const fields = Object.entries(model?.fields ?? {}).filter(([name, spec]) => !SYSTEM.has(name) && !spec.readOnly);
  return { fields: Object.fromEntries(fields.map(([name, { required: _, ...spec }]) => [name, spec])) };
}

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
