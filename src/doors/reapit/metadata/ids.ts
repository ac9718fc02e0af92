import type { Actor } from '../../../access/actor.ts';
import { type Domain, type MetadataKey, readKey, writeId } from '../../../domain/index.ts';

/** Ids of documents begin with the customer, `SBOX_contact_<application>_OXF18000001` (contracts/reapit.md §1.13). */
export function makeIds({ orgs }: Pick<Domain, 'orgs'>) {
  /** codes never change */
  const codes = new Map<number, string>();
  const customerOf = async (actor: Actor): Promise<string> => {
    const known = codes.get(actor.orgId);
    if (known !== undefined) return known;
    const { code } = await orgs.organisation(actor);
    codes.set(actor.orgId, code);
    return code;
  };

  return {
    async writer(actor: Actor): Promise<(key: MetadataKey) => string> {
      const customer = await customerOf(actor);
      return (key) => `${customer}_${writeId({ clientId: actor.clientId ?? '' }, key)}`;
    },

    /** Undefined for what is no id of a document that the caller may have. */
    async reader(actor: Actor): Promise<(id: string) => MetadataKey | undefined> {
      const start = `${await customerOf(actor)}_`;
      return (id) =>
        id.toLowerCase().startsWith(start.toLowerCase())
          ? readKey({ clientId: actor.clientId ?? '' }, id.slice(start.length))
          : undefined;
    },
  };
}
export type Ids = ReturnType<typeof makeIds>;
