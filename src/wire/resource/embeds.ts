import type { Row } from '../../kernel/record.ts';
import { all as allOf, among } from './conditions.ts';
import { conditionOf, everyRow, orderFor } from './filters.ts';
import { kindsOf, patternOf, refsOf, targetOf } from './links.ts';
import type { Calls } from './operation.ts';
import { readQuery } from './query.ts';
import type { Registry } from './registry.ts';
import { alongOf, type Model, type Resource } from './resource.ts';
import { valueAt } from './spec.ts';

/** One row on its way out. */
export type Shown = { readonly row: Row; readonly model: Model };
/** Turns rows of a resource into what an answer holds: with links, tag and metadata, without embeds. */
export type Present<A> = (actor: A, resource: Resource<A>, rows: readonly Row[]) => Promise<readonly Model[]>;

export type Embed = { readonly name: string; readonly key: string; readonly kinds: readonly string[] };

/** The embed of that name: a link of the group, or what the declaration says (contracts/reapit.md §1.7). */
export function embedOf<A>(resource: Resource<A>, name: string): Embed | undefined {
  const key = resource.embeds?.[name] ?? name;
  if (key.startsWith('/')) return { name, key: name, kinds: kindsOf(key) };
  const patterns = resource.spec.links?.[key];
  return patterns === undefined ? undefined : { name, key, kinds: kindsOf(patterns) };
}

/** Names that can be asked for: those of the group whose target the door has. */
export const embedNames = <A>(registry: Registry<A>, resource: Resource<A>): string[] =>
  [...new Set([...(resource.spec.embed ?? []), ...Object.keys(resource.embeds ?? {})])].filter((name) =>
    embedOf(resource, name)?.kinds.some((pattern) => registry.find(pattern)),
  );

/** The resources that an embed reads, for their scopes. */
export const targetsOf = <A>(registry: Registry<A>, resource: Resource<A>, name: string): Resource<A>[] =>
  (embedOf(resource, name)?.kinds ?? []).flatMap((pattern) => registry.find(pattern)?.resource ?? []);

/** What an embed gives to each row, in the order of rows, and how many related records that were in all. */
type Embedded = { readonly of: readonly unknown[]; readonly related: number | null };

const isMany = (pattern: string) => pattern.includes('?') || !/\{\w+\}$/.test(pattern);

/** Follows ids that the models hold: one statement for the page. */
async function followIds<A>(
  actor: A,
  target: Resource<A>,
  refs: readonly (readonly string[])[],
  many: boolean,
  present: Present<A>,
): Promise<Embedded> {
  const codes = [...new Set(refs.flat())];
  if (codes.length === 0) return { of: refs.map(() => (many ? [] : null)), related: null };
  const rows = await target.source.byCodes(actor, codes, alongOf(target));
  const models = await present(actor, target, rows);
  const byCode = new Map(rows.map((row, i) => [target.source.normalCode(row.code), models[i]]));
  const of = refs.map((own) => {
    const found = own.flatMap((code) => byCode.get(target.source.normalCode(code)) ?? []);
    return many ? found : (found[0] ?? null);
  });
  return { of, related: rows.length };
}

/** Follows a question about the rows (`?associatedType=contact&associatedId={id}`): one statement for the page. */
async function followQuestion<A>(
  actor: A,
  target: Resource<A>,
  pattern: string,
  shown: readonly Shown[],
  present: Present<A>,
): Promise<Embedded> {
  const [, search = ''] = pattern.split('?');
  const parameter = /(\w+)=\{id\}/.exec(search)?.[1] ?? '';
  const ids = shown.map(({ row }) => row.code);
  const asked = new URLSearchParams(search);
  asked.delete(parameter);
  for (const id of ids) asked.append(parameter, id);
  const specs = {
    ...target.spec.query,
    [parameter]: { ...target.spec.query?.[parameter], type: 'string' as const, array: true },
  };
  const query = readQuery(asked.toString(), specs);
  const all = everyRow(conditionOf(target, query), orderFor(target, undefined));
  const { rows } = await target.source.list(actor, all, alongOf(target));
  const models = await present(actor, target, rows);
  const path = target.spec.query?.[parameter]?.field ?? parameter;
  const owners = models.map((model) => [valueAt(model, path)].flat().map(String));
  return { of: ids.map((id) => models.filter((_, i) => owners[i]?.includes(id))), related: rows.length };
}

/** Follows a list below the rows: one statement for the page. */
async function followParts<A>(actor: A, target: Resource<A>, shown: readonly Shown[], present: Present<A>): Promise<Embedded> {
  const { parent } = target.source;
  if (parent === null) throw new Error(`${target.name} lies below nothing`);
  const ids = shown.map(({ row }) => row.code);
  const where = allOf(among(parent, ids), conditionOf(target, {}));
  const { rows } = await target.source.list(actor, everyRow(where, orderFor(target, undefined)), alongOf(target));
  const models = await present(actor, target, rows);
  return { of: ids.map((id) => models.filter((_, i) => rows[i]?.[parent] === id)), related: rows.length };
}

async function follow<A>(
  registry: Registry<A>,
  actor: A,
  resource: Resource<A>,
  embed: Embed,
  shown: readonly Shown[],
  present: Present<A>,
): Promise<Embedded> {
  const { key, kinds } = embed;
  const target = kinds.some((kind) => kind.includes('{ref}')) ? targetOf(resource, key) : undefined;
  const patterns = shown.map(({ model }) => patternOf(kinds, target, model));
  const many = isMany(kinds[0] ?? '');
  const of: unknown[] = shown.map(() => (many ? [] : null));
  let related: number | null = null;
  // Links of several kinds are one statement a kind.
  for (const pattern of new Set(patterns.filter((one) => one !== undefined))) {
    const found = registry.find(pattern);
    if (!found) continue;
    const places = [...patterns.keys()].filter((i) => patterns[i] === pattern);
    const mine = places.flatMap((i) => shown[i] ?? []);
    const ask = () => {
      if (pattern.includes('{ref}'))
        return followIds(
          actor,
          found.resource,
          mine.map(({ model }) => refsOf(target, model)),
          many,
          present,
        );
      if (found.resource.inside !== undefined) return followInside(actor, found.resource, mine, present);
      if (pattern.includes('?')) return followQuestion(actor, found.resource, pattern, mine, present);
      if (/\{id\}$/.test(pattern))
        return followIds(
          actor,
          found.resource,
          mine.map(({ row }) => [row.code]),
          false,
          present,
        );
      return followParts(actor, found.resource, mine, present);
    };
    const answer = await ask();
    for (const [n, i] of places.entries()) of[i] = answer.of[n];
    if (answer.related !== null) related = (related ?? 0) + answer.related;
  }
  return { of, related };
}

/** An object that lies in the row itself costs no statement. */
async function followInside<A>(actor: A, target: Resource<A>, shown: readonly Shown[], present: Present<A>): Promise<Embedded> {
  const of = await present(
    actor,
    target,
    shown.map(({ row }) => row),
  );
  return { of, related: of.length };
}

/** Pages of 100 that the caller would have read (contracts/reapit.md §1.17). */
const callsFor = (related: number) => Math.max(1, Math.ceil(related / 100));

/**
 * What `embed` adds to each row, one statement an embed however many rows there are, and how many calls that counts as: none where no row
 * had an id to follow.
 */
export async function embedAll<A>(
  registry: Registry<A>,
  actor: A,
  resource: Resource<A>,
  names: readonly string[],
  shown: readonly Shown[],
  present: Present<A>,
): Promise<{ of: readonly Model[]; calls: readonly Calls[] }> {
  const embedded: Record<string, unknown>[] = shown.map(() => ({}));
  const calls: Calls[] = [];
  for (const name of names) {
    const embed = embedOf(resource, name);
    if (!embed) continue;
    const { of, related } = await follow(registry, actor, resource, embed, shown, present);
    const [target] = targetsOf(registry, resource, name);
    if (target && related !== null) calls.push({ group: target.name, calls: callsFor(related) });
    for (const [i, value] of of.entries()) Object.assign(embedded[i] ?? {}, { [name]: value });
  }
  return { of: embedded, calls };
}

/** Embeds whose link cannot be followed: a declaration has to say where it leads. */
export const unplacedLinks = <A>(resource: Resource<A>): string[] =>
  Object.entries(resource.spec.links ?? {})
    .filter(
      ([key, pattern]) =>
        pattern.includes('{ref}') &&
        !pattern.includes('{parent}') &&
        resource.links?.[key] === undefined &&
        targetOf(resource, key) === undefined,
    )
    .map(([key]) => key);
