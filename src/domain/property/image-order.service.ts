import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { happening } from '../../events/index.ts';
import { invalidMember } from '../../kernel/fault.ts';
import { NO_SUCH_REFERENCE } from '../../kernel/record.ts';
import type { Ports } from '../given.ts';
import { touchPhotos } from './media.store.ts';
import { PICTURE_KINDS } from './media.ts';
import { reorderMedia } from './media-order.ts';

const ofProperty = statement<{ id: number; code: string }>(
  'media.codes_of_property',
  `select m.id, m.code from media m where m.org_id = $1 and m.property_id = $2 and m.kind = any ($3::text[]) and m.deleted_at is null`,
);

/** The order of a property's images, told as a whole. */
export function imageOrderService({ db, clock }: Ports) {
  return {
    /**
     * Every image of the property in its new order, each once.
     * @param property as doors were shown it; @throws Fault invalid when one is missing, told twice, or none of the property's
     */
    async orderImages(actor: Actor, property: { readonly id: number }, codes: readonly string[]): Promise<void> {
      await db.tx(async (tx) => {
        const { orgId } = actor;
        const what = happening(actor, clock.now());
        const found = await touchPhotos(tx, orgId, property.id, what.at);
        if (found === undefined) throw invalidMember('propertyId', 'value', NO_SUCH_REFERENCE);
        const images = new Map(
          (await tx.rows(ofProperty, [orgId, property.id, PICTURE_KINDS])).map(({ id, code }) => [code.toLowerCase(), id]),
        );
        const ids = codes.map((code) => images.get(code.toLowerCase()));
        const known = ids.filter((id) => id !== undefined);
        if (known.length < codes.length || new Set(known).size < codes.length || codes.length < images.size)
          throw invalidMember('imageOrder', 'value', 'The order must name every image of the property exactly once');
        await reorderMedia(tx, what, property.id, PICTURE_KINDS, known);
      });
    },
  };
}
