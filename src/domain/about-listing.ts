import { statement, type Tx } from '../db/index.ts';
import { type Breach, invalid } from '../kernel/fault.ts';
import type { Columns, Stored, WriteContext } from './records/index.ts';
import { shownFacts } from './shown-listing.ts';

type Known = { readonly id: number; readonly facts: Readonly<Record<string, unknown>> };
const byId = statement<Known>(
  'site.listing_by_id',
  `select p.id, ${shownFacts('p')} as facts from property p where p.org_id = $1 and p.id = $2 and p.deleted_at is null`,
);
const byNumber = statement<Known>(
  'site.listing_by_number',
  `select p.id, ${shownFacts('p')} as facts from property p join mls on mls.org_id = p.org_id and mls.id = p.mls_id
   where p.org_id = $1 and p.listing_number_key = lower($2) and p.deleted_at is null
     and ($3::text is null or mls.short_name_key = lower($3)) order by p.id limit 2`,
);
const mlsCount = statement<{ n: number; name: string | null }>(
  'site.mls_count',
  'select count(*)::int as n, min(short_name) as name from mls where org_id = $1 and deleted_at is null',
);

const blank = (at: string): Breach => ({ in: 'body', at, reason: 'required', message: 'is blank' });

type About = {
  readonly property_id: string | null;
  readonly listing_number: string | null;
  readonly mls_name: string | null;
  readonly property_address: string | null;
};

async function find(tx: Tx, orgId: number, id: number | null, about: About): Promise<Known | undefined> {
  if (id !== null) return (await tx.rows(byId, [orgId, id]))[0];
  const found = await tx.rows(byNumber, [orgId, about.listing_number, about.mls_name]);
  // An ambiguous number names nothing (contracts/propertybase.md G16).
  if (found.length > 1) throw invalid(blank('mls_name'));
  return found[0];
}

/**
 * The listing that a new row is about: by its id, or by its number and the name of its MLS. An unknown number is kept as it was sent and
 * linked when the listing arrives (G15).
 * @throws Fault invalid where one is needed and none is named, and for a number that several MLSs have
 */
export async function aboutListing(
  { tx, what, idOf }: Pick<WriteContext<Columns>, 'tx' | 'what' | 'idOf'>,
  about: About,
  needed: boolean,
): Promise<Stored> {
  const { orgId } = what.actor;
  const id = idOf('property_id');
  if (id === null && !about.listing_number) {
    if (needed) throw invalid(blank('property_id'));
    return {};
  }
  const known = await find(tx, orgId, id, about);
  if (known) {
    const { listing_number, mls_name, display_address, city, state, postal_code } = known.facts;
    const address = [display_address, city, [state, postal_code].filter((part) => part).join(' ')]
      .filter((part) => part)
      .join(', ');
    return {
      property_id: known.id,
      listing_number,
      mls_name,
      property_address: about.property_address ?? address,
      property_copy: known.facts,
    };
  }
  if (about.mls_name !== null) return {};
  const [mls] = await tx.rows(mlsCount, [orgId]);
  return mls?.n === 1 ? { mls_name: mls.name } : {};
}
