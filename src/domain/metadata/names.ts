import type { Actor } from '../../access/actor.ts';
import { invalidMember } from '../../kernel/fault.ts';
import type { Row } from '../../kernel/record.ts';
import type { MetadataKey, Owner } from './types.ts';

/** Records of the house that documents are kept on: how they are found by their codes. */
export type Keeper = {
  byCodes(actor: Actor, codes: readonly string[]): Promise<readonly Row[]>;
  seenSql(actor: Actor, org: string, code: string): string;
};

const MOST_LENGTH = 200;
const isName = (text: string) =>
  text !== '' && text.length <= MOST_LENGTH && text.isWellFormed() && !/[\p{Cc}]/u.test(text) && text.trim() === text;

/** `type_client_entity`: what stands behind the customer in the id of a document (contracts/reapit.md §1.13). */
export const writeId = ({ clientId }: Pick<Owner, 'clientId'>, { type, id }: MetadataKey): string => `${type}_${clientId}_${id}`;

/** Undefined for what is no id of this application. No type holds the application's id, so its first place is the seam. */
export function readKey({ clientId }: Pick<Owner, 'clientId'>, text: string): MetadataKey | undefined {
  const seam = `_${clientId}_`.toLowerCase();
  const at = text.toLowerCase().indexOf(seam);
  if (at <= 0 || at + seam.length >= text.length) return undefined;
  return { type: text.slice(0, at), id: text.slice(at + seam.length) };
}

/** Types of entities: the house's own, each with its records, and whatever applications call theirs. */
export function entityTypes(keepers: () => ReadonlyMap<string, Keeper>) {
  return {
    /** @throws Fault invalid */
    canonical(type: string, { clientId }: Pick<Owner, 'clientId'>): string {
      if (!isName(type))
        throw invalidMember(
          'entityType',
          'value',
          `Entity type must have 1 to ${MOST_LENGTH} characters, none of them a control`,
        );
      if (type.toLowerCase().includes(clientId.toLowerCase()))
        throw invalidMember('entityType', 'value', 'Entity type may not hold the id of the application');
      return [...keepers().keys()].find((own) => own.toLowerCase() === type.toLowerCase()) ?? type;
    },

    /** Is there still the record that the document is on, for this caller? */
    async isSeen(actor: Actor, { type, id }: MetadataKey): Promise<boolean> {
      const keeper = keepers().get(type);
      return !keeper || (await keeper.byCodes(actor, [id])).length > 0;
    },

    /** The same as SQL over rows `m`: documents on records that are gone, or not the caller's, are not there. */
    seenSql: (actor: Actor): string => {
      const branches = [...keepers()].map(
        ([type, keeper]) => `when '${type}' then ${keeper.seenSql(actor, 'm.org_id', 'm.entity_id')}`,
      );
      return branches.length === 0 ? 'true' : `case m.entity_type ${branches.join(' ')} else true end`;
    },

    /** The id in its spelling; null: one is made; undefined: there is no such record. @throws Fault invalid for what is no id */
    async entity(actor: Actor, type: string, id: string | undefined): Promise<string | null | undefined> {
      const keeper = keepers().get(type);
      if (id !== undefined && id !== '' && !isName(id))
        throw invalidMember('entityId', 'value', `Entity id must have at most ${MOST_LENGTH} characters, none of them a control`);
      if (!keeper) return id || null;
      return id ? (await keeper.byCodes(actor, [id]))[0]?.code : undefined;
    },
  };
}
export type EntityTypes = ReturnType<typeof entityTypes>;
