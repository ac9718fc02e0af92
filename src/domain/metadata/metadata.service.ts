import { randomUUID } from 'node:crypto';
import type { Actor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { type Breach, invalid, invalidMember, notFound } from '../../kernel/fault.ts';
import { NO_SUCH_REFERENCE } from '../../kernel/record.ts';
import type { Ports } from '../given.ts';
import { checkDocument, documentBreaches, type JsonObject } from './document.ts';
import { applyPatch } from './json-patch.ts';
import * as store from './metadata.store.ts';
import { type EntityTypes, writeId } from './names.ts';
import { findOwner, ownerOf } from './owner.ts';
import type { SchemasService } from './schema.service.ts';
import type { Metadata, MetadataKey, MetadataQuery, Owner } from './types.ts';

export type NewMetadata = { readonly type: string; readonly id?: string; readonly document: unknown };

const keyOf = ({ entity_type, entity_id }: Pick<Metadata, 'entity_type' | 'entity_id'>): MetadataKey => ({
  type: entity_type,
  id: entity_id,
});

/**
 * Documents that applications keep: on records of the house, or by themselves (contracts/reapit.md §1.19). Nobody but the application
 * sees them, and it sees those that it keeps at this customer. Writing them moves no version of a record.
 */
export function metadataService({ db, clock }: Ports, types: EntityTypes, schemas: Pick<SchemasService, 'schemaBreaches'>) {
  const lineOf = (owner: Owner, id: number, key: MetadataKey) =>
    ({ noun: 'metadata', row_id: id, row_name: writeId(owner, key) }) as const;

  const insert = async (tx: Tx, owner: Owner, what: Happening, key: MetadataKey, document: JsonObject) => {
    const id = await store.insertMetadata(tx, owner, what, key, document);
    if (id === undefined) return false;
    await emit(tx, what, { ...lineOf(owner, id, key), verb: 'created', changed: { ...key, document } });
    return true;
  };

  const save = async (tx: Tx, owner: Owner, what: Happening, before: Metadata, document: JsonObject) => {
    await store.saveMetadata(tx, owner, before.id, document, what.at);
    const changed = { document: [before.document, document] };
    await emit(tx, what, { ...lineOf(owner, before.id, keyOf(before)), verb: 'updated', changed });
  };

  /** Everything that speaks against the document: form, size, the application's schema. */
  const breachesOf = async (tx: Tx, owner: Owner, type: string, document: unknown): Promise<Breach[]> => {
    const own = documentBreaches(document);
    return own.length > 0 ? own : schemas.schemaBreaches(tx, owner, type, document as JsonObject);
  };

  const allow = async (tx: Tx, owner: Owner, type: string, document: unknown): Promise<JsonObject> => {
    const breaches = await breachesOf(tx, owner, type, document);
    if (breaches.length > 0) throw invalid(breaches);
    return document as JsonObject;
  };

  const find = async (actor: Actor, key: MetadataKey): Promise<Metadata> => {
    const found = await store.findMetadata(db, ownerOf(actor), key);
    if (!found || !(await types.isSeen(actor, keyOf(found)))) throw notFound('metadata');
    return found;
  };
  const lock = async (tx: Tx, owner: Owner, key: MetadataKey): Promise<Metadata> => {
    const before = await store.lockMetadata(tx, owner, key);
    if (!before) throw notFound('metadata');
    return before;
  };

  /** Changes a document under lock. @throws Fault not_found */
  const change = async (actor: Actor, key: MetadataKey, to: (before: JsonObject) => unknown): Promise<void> => {
    const owner = ownerOf(actor);
    await find(actor, key);
    await db.tx(async (tx) => {
      const before = await lock(tx, owner, key);
      const document = await allow(tx, owner, before.entity_type, to(before.document));
      await save(tx, owner, happening(actor, clock.now()), before, document);
    });
  };

  return {
    /** For readers of records: the document comes with its row. */
    documentSql: store.documentSql,

    /** For writers of records: what speaks against the document that came along. */
    async check(tx: Tx, what: Happening, type: string, document: JsonObject | null): Promise<Breach[]> {
      const owner = findOwner(what.actor);
      return owner && document !== null ? breachesOf(tx, owner, type, document) : [];
    },

    /** In the transaction of the record's own write, behind `check`. Null empties what is there. */
    async write(tx: Tx, what: Happening, type: string, code: string, document: JsonObject | null): Promise<void> {
      const owner = findOwner(what.actor);
      if (!owner) return;
      const key = { type, id: code };
      const before = await store.lockMetadata(tx, owner, key);
      if (before) await save(tx, owner, what, before, document ?? {});
      else if (document !== null && !(await insert(tx, owner, what, key, document))) {
        // made through /metadata a moment ago: the record's own lock does not hold that off
        const other = await store.lockMetadata(tx, owner, key);
        if (other) await save(tx, owner, what, other, document);
      }
    },

    /** The record is gone, and with it what applications kept on it. */
    async forget(tx: Tx, what: Happening, type: string, code: string): Promise<void> {
      const gone = await store.deleteOfRecord(tx, what.actor.orgId, type, code, what.at);
      await emit(
        tx,
        what,
        ...gone.map(({ id, document }) => ({
          noun: 'metadata',
          row_id: id,
          row_name: `${type} ${code}`,
          verb: 'deleted' as const,
          changed: { type, id: code, document },
        })),
      );
    },

    async list(actor: Actor, query: MetadataQuery) {
      return store.listMetadata(db, ownerOf(actor), query, types.seenSql(actor));
    },

    /** @throws Fault not_found */
    byKey: find,

    /** @throws Fault invalid when there is no such record, or a document for it already */
    async create(actor: Actor, input: NewMetadata): Promise<MetadataKey> {
      const owner = ownerOf(actor);
      const type = types.canonical(input.type, owner);
      const id = await types.entity(actor, type, input.id);
      if (id === undefined) throw invalidMember('entityId', 'value', input.id ? NO_SUCH_REFERENCE : 'Entity id must be provided');
      const key = { type, id: id ?? randomUUID() };
      await db.tx(async (tx) => {
        const document = await allow(tx, owner, type, input.document);
        if (!(await insert(tx, owner, happening(actor, clock.now()), key, document)))
          throw invalidMember('entityId', 'value', `There is metadata for ${type} ${key.id} already`);
      });
      return key;
    },

    /** @throws Fault not_found; invalid */
    replace: (actor: Actor, key: MetadataKey, document: unknown): Promise<void> => change(actor, key, () => document),

    /** RFC 6902. @throws Fault not_found; invalid, reason `patch.refused` when the patch itself does not hold */
    patch: (actor: Actor, key: MetadataKey, patch: unknown): Promise<void> =>
      change(actor, key, (before) => applyPatch(before, patch, checkDocument)),

    /** @throws Fault not_found */
    async remove(actor: Actor, key: MetadataKey): Promise<void> {
      const owner = ownerOf(actor);
      await find(actor, key);
      await db.tx(async (tx) => {
        const before = await lock(tx, owner, key);
        const what = happening(actor, clock.now());
        await store.deleteMetadata(tx, owner.orgId, before.id, what.at);
        await emit(tx, what, { ...lineOf(owner, before.id, keyOf(before)), verb: 'deleted', changed: before });
      });
    },
  };
}
export type MetadataService = ReturnType<typeof metadataService>;
