import type { Row } from '../../kernel/record.ts';
import { tagOf } from './etag.ts';
import { type LinkRegistry, linksOf } from './links.ts';
import type { Model, Resource } from './resource.ts';
import { extrasOf, type NewModel, showRow } from './show.ts';
import { isObject } from './spec.ts';

export type Presenting = {
  /** the name under which rows keep extras of this door */
  readonly door: string;
};

function askedExtras(row: Row, door: string, names: readonly string[]): Model {
  const all = extrasOf(row, door, 'extrasField');
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(all, name) && all[name] !== null).map((name) => [name, all[name]]),
  );
}

/** Rows as answers hold them: the model, its tag, its links, what nobody embedded yet, and the application's document. */
export function makePresenter<A>(registry: LinkRegistry, { door }: Presenting) {
  return async (
    actor: A,
    resource: Resource<A>,
    rows: readonly Row[],
    extras: readonly string[],
  ): Promise<readonly NewModel[]> => {
    const { model: fields, source, spec, idType } = resource;
    const isLinked = spec.links !== undefined || '_links' in fields;
    const embeds = '_embedded' in fields || (spec.embed ?? []).length > 0;
    const full = resource.attach && rows.length > 0 ? await resource.attach(actor, rows) : rows;
    return full.map((row) => {
      const model = showRow(resource, row, door);
      // Links follow what the row says, before the envelope stands beside it.
      const links = !isLinked ? undefined : resource.unlinked?.(model) ? null : linksOf(registry, resource, row, model);
      if (idType === 'number' && typeof model.id === 'string') model.id = Number(model.id);
      if ('_eTag' in fields) model._eTag = tagOf(source.noun, row);
      if ('extrasField' in fields) model.extrasField = askedExtras(row, door, extras);
      if (isLinked) model._links = links;
      if (embeds) model._embedded = null;
      if ('metadata' in fields) model.metadata = isObject(row.metadata) ? row.metadata : {};
      return model;
    });
  };
}
