import type { Condition, Order } from '../../kernel/condition.ts';
import type { Breach } from '../../kernel/fault.ts';
import type { Along, Row } from '../../kernel/record.ts';
import { column, type Mapping, type Mappings, snakeCase } from './mapping.ts';
import type { ReadQuery } from './query.ts';
import type { Source } from './source.ts';
import { type Fields, type GroupSpec, type Shape, writableOf } from './spec.ts';

export type Model = Readonly<Record<string, unknown>>;

/**
 * Whom a link leads to: the member of the model that names it, and for links of several kinds the member, or the word, that says
 * which. A function for a link by the row's own id says whether anything is there.
 */
export type LinkTarget =
  | string
  | { readonly ref: string; readonly type: string | ((model: Model) => string | null | undefined) }
  | ((model: Model, row?: Row) => string | readonly string[] | null | undefined);

export type FilterOf = (values: readonly never[], query: ReadQuery) => Condition | undefined;

/** What the data file of a group cannot know. Everything may be left out but the source. */
export type Declaration<A> = {
  readonly source: Source<A>;
  /** members that are not the column of their own name */
  readonly fields?: Mappings;
  /** parameters that are not a plain comparison of their member */
  readonly filters?: Readonly<Record<string, FilterOf>>;
  /** words of sortBy → names of the noun's catalogue, first to last */
  readonly sorts?: Readonly<Record<string, readonly string[]>>;
  /** link keys whose target is not named by `<key>Id` or `<key>Ids`; null: the key is never there */
  readonly links?: Readonly<Record<string, LinkTarget | null>>;
  /** embeds that are not called like their link: → the link's key, or a pattern */
  readonly embeds?: Readonly<Record<string, string>>;
  /** what every row of its lists meets, by what was asked for; throws what cannot be asked for together */
  where?(query: ReadQuery): Condition | undefined;
  /** an object that lies in the row of its parent: the name under which extras keep its members */
  readonly inside?: string;
  /** members whose breach no shape can say; `before` is null for a new record */
  check?(model: Model, before: Model | null): readonly Breach[];
  /** a change of this record is refused, but of these members */
  archived?(model: Model): boolean;
  readonly archivedWritable?: readonly string[];
  /** members that a write brings along unsaid */
  defaults?(model: Model): Model;
  /** the codes of the rows above a row, for its links: `properties/{parent}/keys/{ref}/…` */
  parents?(row: Row): readonly string[];
  /** what a row has to say about itself besides its columns, for a whole page in one statement */
  attach?(actor: A, rows: readonly Row[]): Promise<readonly Row[]>;
  /** rows that lead nowhere at all: their `_links` is null */
  unlinked?(model: Model): boolean;
  /** the column that paths name rows by, where that is unique below their parent only: a subscription of one contact */
  readonly within?: string;
  /** endpoints of the group (`POST /x/{id}`) that the door writes out itself */
  readonly operations?: readonly string[];
  /** PUT replaces: members that are not sent are emptied */
  readonly replaces?: boolean;
  /** how the id is shown; a text unless told otherwise */
  readonly idType?: 'number';
};

/** How names of a door are those of the house: `negotiator` is `member`. */
export type NameWords = Readonly<Record<string, string>>;

export type Resource<A> = Omit<Declaration<A>, 'fields'> & {
  readonly name: string;
  readonly spec: GroupSpec;
  readonly model: Fields;
  readonly create: Fields;
  readonly update: Fields;
  readonly mappings: Mappings;
  /** column → the member under which its breaches are told */
  readonly wordOf: ReadonlyMap<string, string>;
};

const SYSTEM: Mappings = {
  id: { kind: 'computed', columns: [], read: (row) => row.code },
  created: column('created_at'),
  modified: column('updated_at'),
};

const inHouseWords = (name: string, words: NameWords) =>
  Object.entries(words).reduce(
    (text, [wire, house]) => text.replace(new RegExp(`(^|_)${wire}(?=_|$)`), `$1${house}`),
    snakeCase(name),
  );

function mappingOf<A>(path: string, own: Mapping | undefined, source: Source<A>, words: NameWords): Mapping {
  if (own) return own;
  const name = inHouseWords(path, words);
  return Object.hasOwn(source.columns, name) ? column(name) : { kind: 'extra' };
}

/** Fills in what declarations leave out: columns by their names, extras for the rest. */
function fillMappings<A>(shape: Fields, own: Mappings, source: Source<A>, words: NameWords, path = ''): Mappings {
  const names = new Set([...Object.keys(shape), ...Object.keys(own)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const at = path === '' ? name : `${path}.${name}`;
      const mapping = mappingOf(at, own[name], source, words);
      if (mapping.kind !== 'members') return [name, mapping];
      return [name, { ...mapping, of: fillMappings(shape[name]?.fields ?? {}, mapping.of, source, words, at) }];
    }),
  );
}

function wordsOf(mappings: Mappings, path = ''): [string, string][] {
  return Object.entries(mappings).flatMap(([name, mapping]): [string, string][] => {
    const at = path === '' ? name : `${path}.${name}`;
    if (mapping.kind === 'column') return [[mapping.column, at]];
    if (mapping.kind === 'computed') return mapping.columns.map((one) => [one, at]);
    return mapping.kind === 'members' ? wordsOf(mapping.of, at) : [];
  });
}

const hasVerb = (spec: GroupSpec, ...verbs: readonly string[]) => spec.endpoints.some(({ method }) => verbs.includes(method));
const shapeFor = (own: Shape | undefined, spec: GroupSpec, ...verbs: readonly string[]): Fields =>
  (own ?? (hasVerb(spec, ...verbs) ? writableOf(spec.model) : { fields: {} })).fields;

/** All members that are written or read, so that each has its place. */
const merged = (...shapes: readonly Fields[]): Fields => Object.assign({}, ...shapes.toReversed());

export function resource<A>(name: string, spec: GroupSpec, declaration: Declaration<A>, words: NameWords = {}): Resource<A> {
  const model = spec.model?.fields ?? {};
  const create = shapeFor(spec.create, spec, 'POST');
  const update = shapeFor(spec.update, spec, 'PATCH', 'PUT');
  const own = { ...SYSTEM, ...declaration.fields };
  const mappings = fillMappings(merged(model, create, update), own, declaration.source, words);
  return { ...declaration, name, spec, model, create, update, mappings, wordOf: new Map(wordsOf(mappings)) };
}

/** The mapping of `buying.priceFrom`. */
export function mappingAt(mappings: Mappings, path: string): Mapping | undefined {
  const [name = '', ...rest] = path.split('.');
  const mapping = Object.hasOwn(mappings, name) ? mappings[name] : undefined;
  if (!mapping || rest.length === 0) return mapping;
  return mapping.kind === 'members' ? mappingAt(mapping.of, rest.join('.')) : undefined;
}

/** What paths call the row. */
export const idOf = <A>({ within }: Pick<Resource<A>, 'within'>, row: Row): string =>
  within === undefined ? row.code : String(row[within]);

/** What the model shows besides columns. */
export const alongOf = <A>({ model, source }: Pick<Resource<A>, 'model' | 'source'>): Along => ({
  metadata: 'metadata' in model && source.metadataType !== null,
});

export const orderOf = (fields: readonly string[], descending: boolean): Order[] =>
  fields.map((one) => ({ field: one, descending }));
