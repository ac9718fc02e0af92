import { SparkFault } from '../../../../src/doors/spark/faults.ts';
import { type FilterField, type Lookups, readFilter } from '../../../../src/doors/spark/sparkql/index.ts';
import type { Condition, Point, Scalar } from '../../../../src/kernel/condition.ts';

const TYPES: Readonly<Record<string, FilterField['type']>> = {
  City: 'character',
  PostalCode: 'character',
  ListPrice: 'decimal',
  BedsTotal: 'integer',
  OnMarketDate: 'date',
  ModificationTimestamp: 'datetime',
  VowEnabled: 'boolean',
  Location: 'shape',
  '"Features"."Style"': 'character',
};
export const KNOWN = '20100815153524571646000000';

const lookups: Lookups = {
  listingsOf: async (field, id) => (id === 'known' ? { kind: 'ids', ids: [field.length] } : undefined),
  placeOf: async (key) => (key === KNOWN ? { latitude: 1, longitude: 2 } : undefined),
};

/** Friday noon in Chicago, two days before its clocks go forward. */
export const NOW = new Date('2024-03-08T18:00:00Z');

export const read = (text: string) =>
  readFilter(text, {
    fields: (name) => {
      const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
      return type === undefined ? undefined : { name: type === 'shape' ? 'latitude' : name, type };
    },
    now: NOW,
    zone: async () => 'America/Chicago',
    lookups,
  });

const OPS = { add: '+', sub: '-', mul: '*', div: '/', mod: '%' } as const;

export function sayScalar(value: Scalar): string {
  switch (value.kind) {
    case 'field':
      return value.name;
    case 'literal':
      return value.type === 'text' ? `'${value.value}'` : String(value.value);
    case 'call':
      return `${value.name}(${value.args.map(sayScalar).join(', ')})`;
    case 'arithmetic':
      return `(${sayScalar(value.left)} ${OPS[value.op]} ${sayScalar(value.right)})`;
    case 'negative':
      return `-${sayScalar(value.of)}`;
  }
}

const sayPoint = ({ latitude, longitude }: Point) => `${latitude} ${longitude}`;

/** A condition in a line, for tables of expectations. */
export function say(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `${condition.kind}(${condition.of.map(say).join('; ')})`;
    case 'not':
      return `not(${say(condition.of)})`;
    case 'compare':
      return `${sayScalar(condition.left)} ${condition.op} ${sayScalar(condition.right)}`;
    case 'among':
      return `${sayScalar(condition.left)} in ${condition.values.map(sayScalar).join(', ')}`;
    case 'between':
      return `${sayScalar(condition.left)} from ${sayScalar(condition.least)} to ${sayScalar(condition.most)}`;
    case 'missing':
      return `${sayScalar(condition.left)} missing`;
    case 'contains':
    case 'starts':
    case 'ends':
      return `${sayScalar(condition.left)} ${condition.kind} '${condition.text}'`;
    case 'pattern':
      return `${sayScalar(condition.left)} ${condition.ignoreCase ? '~*' : '~'} ${condition.pattern}`;
    case 'ids':
      return `ids ${condition.ids.join(', ')}`;
    case 'never':
      return 'never';
    // What other doors ask, and SparkQL never says.
    case 'contains_any':
    case 'some':
    case 'metadata':
    case 'question':
      return condition.kind;
    case 'inside': {
      const { shape } = condition;
      if (shape.kind === 'circle') return `circle ${sayPoint(shape.centre)} ${shape.miles}`;
      if (shape.kind === 'rectangle') return `rectangle ${sayPoint(shape.from)}, ${sayPoint(shape.to)}`;
      return `${shape.kind} ${shape.points.map(sayPoint).join(', ')}`;
    }
  }
}

export const asked = async (text: string): Promise<string> => {
  const filter = await read(text);
  return filter ? say(filter.where) : '';
};

type SparkQlError = { readonly Token: string; readonly Expression: string; readonly Message: string; readonly Status: string };
export type Refusal = { readonly code: number; readonly status: number; readonly message: string } & SparkQlError;

/** Why a filter is refused; throws when it is not, or not in the vendor's form. */
export async function refusal(text: string): Promise<Refusal> {
  try {
    await read(text);
  } catch (error) {
    if (!(error instanceof SparkFault)) throw error;
    const { code, status, message } = error;
    const [said, ...more] = error.members.SparkQLErrors as SparkQlError[];
    if (!said || more.length > 0) throw new Error('One error is said');
    return { code, status, message, ...said };
  }
  throw new Error(`${text} is no fault`);
}
