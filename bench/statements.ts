import type { Actor } from '../src/access/actor.ts';
import type { Db } from '../src/db/index.ts';
import { buildDomain } from '../src/domain/index.ts';
import { readNewContact } from '../src/doors/dotloop/map/contact.ts';
import type { Stores } from '../src/stores.ts';
import { NEW_CONTACT } from './cases.ts';
import { TOKEN, type World } from './world.ts';

/** A statement as the product sent it, and the values it had. */
export type Sent = { readonly name: string; readonly text: string; readonly values: readonly unknown[] };

/** The product's own statements of each case, in order: the bare server sends the same, so they can never drift apart. */
export type Statements = Readonly<Record<'token' | 'loop' | 'list' | 'contact', readonly Sent[]>>;

/** Runs each case once through the domain and writes down what reached the database. */
export async function recordStatements({ ports }: Stores, world: World, loopId: number): Promise<Statements> {
  const sent: Sent[] = [];
  const db: Db = {
    ...ports.db,
    rows: (query, values) => {
      sent.push({ name: query.name, text: query.text, values });
      return ports.db.rows(query, values);
    },
  };
  const domain = buildDomain({ ...ports, db });
  const during = async (work: () => Promise<unknown>): Promise<readonly Sent[]> => {
    sent.length = 0;
    await work();
    return [...sent];
  };
  const whoIs = async (): Promise<Actor> => {
    const bearer = await domain.identity.authenticateToken(TOKEN, 'dotloop');
    if (bearer.kind !== 'ok') throw new Error(`The token of the bench is ${bearer.kind}`);
    return bearer.actor;
  };
  const actor = await whoIs();
  const contact = () => domain.people.createContact(actor, readNewContact(NEW_CONTACT));
  // The first one takes a block of codes too.
  await contact();
  const page = { page: { number: 1, size: 20 }, sort: 'updated', descending: true, withDetails: false } as const;
  return {
    token: await during(whoIs),
    loop: await during(() => domain.deals.read(actor, world.profileId, loopId)),
    list: await during(() => domain.deals.list(actor, world.profileId, page)),
    contact: await during(contact),
  };
}
