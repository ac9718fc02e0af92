import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import { type Breach, invalidMember, notFound } from '../../kernel/fault.ts';
import { isStorable } from '../../kernel/storable.ts';
import type { Ports } from '../given.ts';
import type { Reason } from '../json-schema.ts';
import type { Judge, Judged } from '../judge.ts';
import type { JsonObject } from './document.ts';
import type { EntityTypes } from './names.ts';
import { ownerOf } from './owner.ts';
import * as store from './schema.store.ts';
import type { MetadataSchema, Owner } from './types.ts';

const SLOW = 'The schema takes too long to be worked through';

/** `lines/0/code` as people write it behind the name of the member. */
const placeOf = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('');

const reasonsIn = (judged: Judged): readonly Reason[] => {
  if (judged.kind === 'valid') return [];
  if (judged.kind === 'invalid') return judged.reasons;
  return [{ at: '', message: judged.kind === 'slow' ? SLOW : judged.message }];
};

/** What an application demands of its documents, one schema a type of entity (contracts/reapit.md §1.19). */
export function schemasService({ db, clock }: Ports, judge: Judge, types: EntityTypes) {
  const checkSchema = async (schema: string) => {
    if (!isStorable(schema)) throw invalidMember('schema', 'value', 'The schema contains a character that cannot be stored');
    const judged = await judge({ schema });
    if (judged.kind !== 'valid') throw invalidMember('schema', 'value', judged.kind === 'refused' ? judged.message : SLOW);
  };

  const lineOf = ({ id, entity_type }: Pick<MetadataSchema, 'id' | 'entity_type'>) =>
    ({ noun: 'metadata_schema', row_id: id, row_name: entity_type }) as const;

  return {
    /** What the type's schema, if there is one, says against the document. */
    async schemaBreaches(q: Querier, owner: Owner, type: string, document: JsonObject): Promise<Breach[]> {
      const found = await store.findSchema(q, owner, type);
      if (!found) return [];
      return reasonsIn(await judge({ schema: found.schema, document: JSON.stringify(document) })).map(({ at, message }) => ({
        in: 'body',
        at: `metadata${placeOf(at)}`,
        reason: 'value',
        message,
      }));
    },

    async schemas(actor: Actor, query: { type?: string; limit: number; offset: number }) {
      return store.listSchemas(db, ownerOf(actor), query);
    },

    /** @throws Fault not_found */
    async schema(actor: Actor, type: string): Promise<MetadataSchema> {
      const found = await store.findSchema(db, ownerOf(actor), type);
      if (!found) throw notFound('metadata schema');
      return found;
    },

    /** Answers the type in its spelling. @throws Fault invalid when the type has a schema, or this is none */
    async addSchema(actor: Actor, input: { type: string; schema: string }): Promise<string> {
      const owner = ownerOf(actor);
      const type = types.canonical(input.type, owner);
      await checkSchema(input.schema);
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const id = await store.insertSchema(tx, owner, what, { type, schema: input.schema });
        if (id === undefined) throw invalidMember('entityType', 'value', `There is a schema for ${type} already`);
        await emit(tx, what, {
          ...lineOf({ id, entity_type: type }),
          verb: 'created',
          changed: { entity_type: type, schema: input.schema },
        });
        return type;
      });
    },

    /** @throws Fault not_found; invalid */
    async changeSchema(actor: Actor, type: string, schema: string): Promise<void> {
      const owner = ownerOf(actor);
      if (!(await store.findSchema(db, owner, type))) throw notFound('metadata schema');
      await checkSchema(schema);
      await db.tx(async (tx) => {
        const before = await store.lockSchema(tx, owner, type);
        if (!before) throw notFound('metadata schema');
        const what = happening(actor, clock.now());
        await store.saveSchema(tx, owner.orgId, before.id, schema, what.at);
        await emit(tx, what, { ...lineOf(before), verb: 'updated', changed: { schema: [before.schema, schema] } });
      });
    },

    /** Documents stay as they are. @throws Fault not_found */
    async removeSchema(actor: Actor, type: string): Promise<void> {
      await db.tx(async (tx) => {
        const owner = ownerOf(actor);
        const before = await store.lockSchema(tx, owner, type);
        if (!before) throw notFound('metadata schema');
        const what = happening(actor, clock.now());
        await store.deleteSchema(tx, owner.orgId, before.id, what.at);
        await emit(tx, what, { ...lineOf(before), verb: 'deleted', changed: before });
      });
    },
  };
}
export type SchemasService = ReturnType<typeof schemasService>;
