import type { Tx } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import { touchDeal } from '../deals/index.ts';
import * as store from './property-folder.store.ts';
import type { Folder } from './types.ts';

/** What people of the loop read; they may rename it. */
const NAME = 'Property documents';

const lineOf = ({ id, name, deal_id }: Folder) => ({ noun: 'folder', row_id: id, row_name: name, deal_id }) as const;

async function makeFolders(tx: Tx, what: Happening, propertyId: number): Promise<void> {
  const { actor, at } = what;
  const by = actor.kind === 'user' ? actor.id : null;
  const made = await store.makePropertyFolders(tx, actor.orgId, propertyId, { name: NAME, at, by, door: actor.door });
  await emit(tx, what, ...made.map((folder) => ({ ...lineOf(folder), verb: 'created' as const, changed: folder })));
}

/**
 * A document of the property was added, changed or withdrawn: every deal that is linked to the property shows those that are not
 * private in one folder, which is made when the first of them and a link meet (domain-property §6.1).
 */
export async function propertyDocumentsChanged(tx: Tx, what: Happening, propertyId: number): Promise<void> {
  const { orgId } = what.actor;
  await makeFolders(tx, what, propertyId);
  const deals = await store.touchPropertyFolders(tx, orgId, propertyId, what.at);
  // always in the same order, so that two changes wait for each other and lock nobody out
  for (const dealId of deals.toSorted((a, b) => a - b)) await touchDeal(tx, orgId, dealId, what.at);
}

/** The deal is linked to this property now, or to none: its folder of another goes, and its own documents are about the property. */
export async function dealLinked(tx: Tx, what: Happening, dealId: number, propertyId: number | null): Promise<void> {
  const { orgId } = what.actor;
  const dropped = await store.dropOtherFolders(tx, orgId, dealId, propertyId, what.at);
  const moved = await store.resubjectDocuments(tx, orgId, dealId, propertyId, what.at);
  await emit(
    tx,
    what,
    ...dropped.map((folder) => ({ ...lineOf(folder), verb: 'deleted' as const, changed: folder })),
    ...moved.map(({ id, name, was, deal_id }) => ({
      noun: 'document',
      row_id: id,
      row_name: name,
      verb: 'updated' as const,
      changed: { subject_id: [was, propertyId] },
      deal_id,
      property_id: propertyId,
    })),
  );
  if (propertyId !== null) await makeFolders(tx, what, propertyId);
}
