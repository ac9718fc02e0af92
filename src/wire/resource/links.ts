import type { Row } from '../../kernel/record.ts';
import { perText } from './per-text.ts';
import { idOf, type LinkTarget, type Model, type Resource } from './resource.ts';
import { isEmpty, specAt, valueAt } from './spec.ts';

export type Links = Record<string, { readonly href: string }>;

/** `offices` → `officeIds`, `companies` → `companyIds`. */
const singular = (key: string) => (key.endsWith('ies') ? `${key.slice(0, -3)}y` : key.replace(/s$/, ''));

/** The members that a link's key may be about, in the order they are looked for. */
const candidates = (key: string) => [`${key}.id`, `${key}Id`, `${singular(key)}Ids`, `${key}Ids`, `${singular(key)}Id`];

/** Which member of the model a link follows; undefined where a declaration has to say. */
export function targetOf<A>({ links, model }: Resource<A>, key: string): LinkTarget | undefined {
  const own = links?.[key];
  if (own !== undefined) return own ?? undefined;
  const ref = candidates(key).find((path) => specAt(model, path));
  if (ref?.endsWith('.id') && specAt(model, `${key}.type`)) return { ref, type: `${key}.type` };
  if (ref) return specAt(model, `${key}Type`) ? { ref, type: `${key}Type` } : ref;
  // A relationship names one of several nouns under one pair of members.
  if (specAt(model, 'associatedId') && specAt(model, 'associatedType'))
    return (shown) => (shown.associatedType === key ? (shown.associatedId as string) : undefined);
  return undefined;
}

/** The ids a link leads to. */
export function refsOf(target: LinkTarget | undefined, model: Model): string[] {
  if (target === undefined) return [];
  const value = typeof target === 'function' ? target(model) : valueAt(model, typeof target === 'string' ? target : target.ref);
  return isEmpty(value) ? [] : [value].flat().map(String);
}

/** `/offices/{ref} | /sources/{ref}`: links of several kinds say where each leads. */
export const kindsOf = perText((patterns): readonly string[] => patterns.split(' | '));

/** Of several kinds the one whose collection is called like the type. */
export function patternOf(kinds: readonly string[], target: LinkTarget | undefined, model: Model): string | undefined {
  if (kinds.length === 1) return kinds[0];
  if (typeof target !== 'object') return undefined;
  const { type: told } = target;
  const type = String((typeof told === 'function' ? told(model) : valueAt(model, told)) ?? '').toLowerCase();
  return type === '' ? undefined : kinds.find((one) => one.slice(1).toLowerCase().startsWith(type));
}

const encode = (id: string) => encodeURIComponent(id);

/** A pattern taken apart: the texts around its names; `each` is the parameter that every target repeats (`?id={ref}*`). */
type Parsed = { readonly texts: readonly string[]; readonly names: readonly string[]; readonly each: string | undefined };
const parse = perText((pattern): Parsed => {
  const each = /([?&]\w+=)\{ref\}\*$/.exec(pattern);
  const parts = (each ? pattern.slice(0, each.index) : pattern).split(/\{(\w+)\}/);
  return { texts: parts.filter((_, i) => i % 2 === 0), names: parts.filter((_, i) => i % 2 === 1), each: each?.[1] };
});

/**
 * A pattern of the data file with ids in it; undefined where the id behind it is empty.
 * @param above the codes of the rows above this one, outermost first
 */
export function fillPattern(pattern: string, id: string, above: readonly string[], refs: readonly string[]): string | undefined {
  const { texts, names, each } = parse(pattern);
  const [start = ''] = texts;
  if (each !== undefined && refs.length === 0) return undefined;
  // Below two rows the inner one is called {ref}; elsewhere {ref} is the link's own target.
  const [parent = id, inner] = above;
  const ref = refs[0] ?? (names.includes('parent') ? inner : undefined);
  let href = start;
  for (const [i, name] of names.entries()) {
    const value = name === 'id' ? id : name === 'parent' ? parent : ref;
    if (value === undefined) return undefined;
    href += encode(value) + texts[i + 1];
  }
  if (each === undefined) return href;
  return href + refs.map((one, i) => (i === 0 ? each : each.replace('?', '&')) + encode(one)).join('');
}

export type LinkRegistry = { has(path: string): boolean };

type Planned = {
  readonly key: string;
  readonly kinds: readonly string[];
  readonly target: LinkTarget | undefined;
  /** what is behind the row's own id, which may not be there */
  readonly behind: ((model: Model, row: Row) => unknown) | undefined;
};
const plans = new WeakMap<object, readonly Planned[]>();

/** What a resource's links follow, looked up once: every row of every answer has them. */
function planOf<A>(resource: Resource<A>): readonly Planned[] {
  const known = plans.get(resource);
  if (known) return known;
  const plan = Object.entries(resource.spec.links ?? {}).flatMap(([key, patterns]): Planned[] => {
    const own = resource.links?.[key];
    if (own === null) return [];
    const follows = patterns.includes('{ref}');
    const behind = typeof own === 'function' && !follows ? own : undefined;
    return [{ key, kinds: kindsOf(patterns), target: follows ? targetOf(resource, key) : undefined, behind }];
  });
  plans.set(resource, plan);
  return plan;
}

/** `_links` of a model. A key is left out when nothing is behind it, or when the door does not have what it leads to. */
export function linksOf<A>(registry: LinkRegistry, resource: Resource<A>, row: Row, model: Model): Links {
  const above = aboveOf(resource, row);
  const links: Links = {};
  const id = idOf(resource, row);
  for (const { key, kinds, target, behind } of planOf(resource)) {
    if (behind && isEmpty(behind(model, row))) continue;
    const pattern = patternOf(kinds, target, model);
    if (pattern === undefined || !registry.has(pattern)) continue;
    const href = fillPattern(pattern, id, above, refsOf(target, model));
    if (href !== undefined) links[key] = { href };
  }
  return links;
}

/** Codes of the rows above: what the declaration says, else the one parent. */
export const aboveOf = <A>({ parents, source, inside }: Resource<A>, row: Row): readonly string[] => {
  if (parents) return parents(row);
  if (inside !== undefined || source.parent === null) return [];
  const parent = row[source.parent];
  return typeof parent === 'string' ? [parent] : [];
};
