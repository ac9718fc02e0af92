import type { Actor } from '../../../access/actor.ts';
import type { Domain } from '../../../domain/index.ts';
import type { Condition, ListQuery } from '../../../kernel/condition.ts';
import { Fault, notFound } from '../../../kernel/fault.ts';
import type { Row } from '../../../kernel/record.ts';
import { equal } from '../../../wire/resource/conditions.ts';
import { column } from '../../../wire/resource/mapping.ts';
import { meets } from '../../../wire/resource/meets.ts';
import type { Source } from '../../../wire/resource/source.ts';
import { declare } from '../desk.ts';

const LANGUAGES = 'activeLanguages';
/** No code of a row has one: what stands before it is the property, what stands behind it the language. */
const COLON = ':';

/** The code that every part of the condition asks for in that column. */
function askedOf(where: Condition | undefined, name: string): string {
  const parts = where?.kind === 'and' ? where.of : where ? [where] : [];
  for (const part of parts)
    if (part.kind === 'among' && part.left.kind === 'field' && part.left.name === name)
      for (const value of part.values) if (value.kind === 'literal') return String(value.value);
  return '';
}

/** A language that nobody wrote anything in yet: it is there, and empty. */
const unwritten = (property: string, language: string): Row => ({
  id: 0,
  code: property + COLON + language,
  version: 0,
  extras: {},
  property_id: property,
  type_code: language,
  created_at: null,
  updated_at: null,
});

/** The texts of a property in every language that the customer uses; a row is made with the first text in one. */
function translationSource({ records, lookups }: Domain): Source<Actor> {
  const { translation } = records;
  const all = async (actor: Actor, property: string): Promise<readonly Row[]> => {
    const where = equal('property_id', property);
    const written = await translation.list(actor, { where, order: [], limit: 100, offset: 0, total: false });
    const languages = (await lookups.options(actor, [LANGUAGES]))[LANGUAGES];
    return languages.map(({ code }) => written.rows.find(({ type_code }) => type_code === code) ?? unwritten(property, code));
  };
  return {
    ...translation,
    async list(actor: Actor, { where, limit, offset }: ListQuery) {
      const property = askedOf(where, 'property_id').toUpperCase();
      const rows = (await all(actor, property)).filter((row) => !where || meets(where, row));
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    async byCode(actor, code) {
      const [property = '', language] = code.split(COLON);
      const row =
        language === undefined ? undefined : (await all(actor, property)).find(({ type_code }) => type_code === language);
      if (language !== undefined && !row) throw notFound(translation.noun);
      return row ?? translation.byCode(actor, code);
    },
    async update(actor, code, change) {
      const [property = '', language] = code.split(COLON);
      if (language === undefined) return translation.update(actor, code, change);
      const write = change(unwritten(property, language));
      const values = { ...write.values, property_id: property, type_code: language };
      return translation.create(actor, { ...write, values }).catch((error: unknown) => {
        // Somebody else wrote the first text in this language meanwhile: the tag of the empty one holds no more.
        if (!(error instanceof Fault) || error.reason !== 'record.taken') throw error;
        throw new Fault('stale', 'If-Match names another version', { reason: 'if_match.stale', cause: error });
      });
    },
  };
}

export const translations = declare('properties/{id}/multilingual', ({ domain }) => ({
  source: translationSource(domain),
  within: 'type_code',
  fields: { id: column('type_code') },
}));
