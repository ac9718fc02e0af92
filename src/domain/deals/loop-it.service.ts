import type { Actor } from '../../access/actor.ts';
import { statement, type Tx } from '../../db/index.ts';
import { happening } from '../../events/index.ts';
import { invalid } from '../../kernel/fault.ts';
import type { Given, Ports } from '../given.ts';
import { type Contacts, splitName } from '../people/index.ts';
import type { ListingFacts, Properties } from '../property/index.ts';
import type { DealCore } from './deal.service.ts';
import { openProfile } from './opening.ts';
import type { participantsService } from './participant.service.ts';
import type { Deal, Details, LoopItRequest } from './types.ts';

const usable = statement<{ id: number }>(
  'deal.usable_profiles',
  `select id from profile where org_id = $1 and member_id = $2 and type = 'INDIVIDUAL' and deactivated_at is null and deleted_at is null
   order by is_default desc, id`,
);
const keepNumbers = statement<never>(
  'member.keep_numbers',
  `with nrds as (update member set nrds_id = $3, version = version + 1, updated_at = $6
                 where org_id = $1 and id = $2 and nrds_id is null and $3::text is not null)
   insert into mls_number (org_id, mls_id, member_id, number)
   select $1, $4::bigint, $2, $5::text
   where $4 is not null and $5 is not null and not exists (select from mls_number where org_id = $1 and member_id = $2)`,
);
const userEmail = statement<{ email_key: string }>(
  'user.email_key',
  'select email_key from app_user where org_id = $1 and id = $2',
);

/** The request's own text wins; the listing fills what it left empty (domain-property §4.3). */
function detailsOf(request: LoopItRequest, listing: ListingFacts | undefined): Details {
  const address = Object.fromEntries(Object.entries(request.address).filter(([, value]) => value));
  const number: Record<string, string> = request.listingNumber ? { mls_number: request.listingNumber } : {};
  const details: Details = { ...listing?.details };
  details.property_address = { ...listing?.details.property_address, ...address, ...number };
  for (const [section, fields] of Object.entries(details)) if (Object.keys(fields).length === 0) delete details[section];
  return details;
}

/** Loop-It: a loop with its property, people and template in one call and one transaction (contracts/dotloop.md §5.5). */
export function loopItService(
  { db, clock }: Ports,
  deals: DealCore,
  participants: ReturnType<typeof participantsService>,
  contacts: Contacts,
  properties: Properties,
) {
  const onlyProfile = async (tx: Tx, actor: Actor): Promise<number> => {
    const profiles = await tx.rows(usable, [actor.orgId, actor.memberId]);
    if (profiles.length !== 1 || !profiles[0])
      throw invalid({
        in: 'query',
        at: 'profile_id',
        reason: 'required',
        message: 'profile_id param required but not present: the account has more than one profile',
      });
    return profiles[0].id;
  };

  const people = async (tx: Tx, what: ReturnType<typeof happening>, dealId: number, list: LoopItRequest['participants']) => {
    const [own] = await tx.rows(userEmail, [what.actor.orgId, what.actor.id]);
    for (const person of list) {
      if (!person.full_name && !person.email && !person.role) continue;
      if (person.email && person.email.toLowerCase() === own?.email_key) continue;
      const named = person.full_name || person.email;
      const contact = named
        ? await contacts.findOrCreate(tx, what, {
            ...(person.full_name ? splitName(person.full_name) : {}),
            ...(person.email ? { email: person.email } : {}),
          })
        : undefined;
      const { role = 'OTHER', ...texts } = person;
      await participants.addTo(tx, what, dealId, { role, ...texts }, contact?.id ?? null);
    }
  };

  return {
    /**
     * Without a profile id the account's only usable profile is taken.
     * @throws Fault invalid `profile_id`; not_found, forbidden `profile.*`; conflict `deal.*`: nothing is made then
     */
    async loopIt(actor: Actor, profileId: number | undefined, request: LoopItRequest, given: Given = {}): Promise<Deal> {
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const id = profileId ?? (await onlyProfile(tx, actor));
        const profile = await openProfile(tx, actor, id);
        const listing = request.listingNumber
          ? await properties.listingFacts(tx, actor, request.listingNumber, request.mls)
          : undefined;
        if (actor.memberId !== null && (request.nrdsId || request.mlsAgentNumber))
          await tx.rows(keepNumbers, [
            actor.orgId,
            actor.memberId,
            request.nrdsId ?? null,
            await properties.mlsIdOf(tx, actor.orgId, request.mls),
            request.mlsAgentNumber ?? null,
            what.at,
          ]);
        const deal = await deals.make(
          tx,
          what,
          { id, requires_template: profile.requires_template },
          request.deal,
          { details: detailsOf(request, listing), ...(listing ? { propertyId: listing.propertyId } : {}) },
          given,
        );
        await people(tx, what, deal.id, request.participants);
        return deal;
      });
    },
  };
}
