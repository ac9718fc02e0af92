import { type Actor, systemActor } from '../../../access/actor.ts';
import type { Domain, RecordService } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { all as allOf, among, missing } from '../../../wire/resource/conditions.ts';
import type { Resource } from '../../../wire/resource/resource.ts';
import { isObject } from '../../../wire/resource/spec.ts';
import type { Engine } from '../engine.ts';
import { BEHIND_CONTACTS, type BehindContacts } from './notices.ts';
import { topicsOf } from './topics.ts';

type Model = Readonly<Record<string, unknown>>;

/** A run of events of one row of an organisation. */
export type Run = {
  readonly orgId: number;
  readonly noun: string;
  readonly id: number;
  readonly first: number;
  readonly last: number;
};
/** One record before and after it, as rows and as this door shows them. */
export type Shown = {
  readonly id: number;
  readonly code: string;
  readonly rows: { readonly old: Row | null; readonly new: Row | null };
  readonly old: Model | null;
  readonly new: Model | null;
};

const DETAILS_GROUP = 'contacts/{id}/landlordDetails';
const readerOf = (orgId: number): Actor => systemActor(orgId, 'reapit');
const keyOf = ({ orgId, noun, id, first, last }: Run) => `${orgId} ${noun} ${id} ${first} ${last}`;

/** The members of a related person that are the contact's own (src/domain/people/parties.ts; change both together). */
const relatedOf = (contact: Row) => ({
  title: contact.title,
  first_name: contact.first_name,
  surname: contact.surname,
  email: contact.email,
  contact_points: contact.contact_points,
  address: contact.primary_address,
  marketing_consent: contact.marketing_consent,
  archived: contact.archived_at !== null,
  extras: contact.extras,
});

/** The row as it is, but with the contact as it was. */
function withContact(row: Row, contact: Row): Row {
  const related = Array.isArray(row.related) ? row.related : [];
  const told = related.map((party: unknown) =>
    isObject(party) && party.kind === 'contact' && party.code === contact.code ? { ...party, ...relatedOf(contact) } : party,
  );
  return { ...row, related: told };
}

/** Reads the record for messages: each noun of each organisation in a few statements, however many events there are. */
export function recordReader(domain: Domain, engineOf: () => Engine) {
  const records: readonly RecordService[] = Object.values(domain.records);
  const services = new Map(records.map((service) => [service.noun, service]));
  let told: ReadonlyMap<string, Resource<Actor>> | undefined;
  /** The resource whose topics tell of rows of a noun. */
  const resourceOf = (noun: string) => {
    told ??= new Map(
      engineOf()
        .registry.all.filter(({ name }) => topicsOf(name).length > 0)
        .map((resource) => [resource.source.noun, resource]),
    );
    return told.get(noun);
  };

  async function show(resource: Resource<Actor>, orgId: number, pairs: readonly Shown['rows'][]): Promise<readonly Shown[]> {
    const rows = pairs.flatMap((pair) => [pair.old, pair.new]).filter((row) => row !== null);
    const models = await engineOf().modelsOf(resource, readerOf(orgId), rows);
    const shown = new Map(rows.map((row, i) => [row, models[i] ?? {}]));
    const modelOf = (row: Row | null) => (row ? (shown.get(row) ?? null) : null);
    return pairs.flatMap((pair) => {
      const row = pair.new ?? pair.old;
      return row ? [{ id: row.id, code: row.code, rows: pair, old: modelOf(pair.old), new: modelOf(pair.new) }] : [];
    });
  }

  /** The rows around each run, by its key. */
  async function around(runs: readonly Run[]): Promise<ReadonlyMap<string, Shown['rows']>> {
    const found = new Map<string, Shown['rows']>();
    for (const own of Map.groupBy(runs, ({ orgId, noun }) => `${orgId} ${noun}`).values()) {
      const [{ orgId, noun } = { orgId: 0, noun: '' }] = own;
      const rows = (await services.get(noun)?.around(readerOf(orgId), own)) ?? [];
      for (const [i, run] of own.entries()) found.set(keyOf(run), { old: rows[i]?.before ?? null, new: rows[i]?.after ?? null });
    }
    return found;
  }

  /** Records behind contacts that changed: `of` runs, the records of a group that show each contact. */
  async function behind(group: BehindContacts, runs: readonly Run[], contacts: ReadonlyMap<string, Shown['rows']>) {
    const { noun, column } = BEHIND_CONTACTS[group];
    const found = new Map<string, readonly Shown[]>();
    const resource = resourceOf(noun);
    const [parties, roles] = [services.get('party'), services.get(noun)];
    if (!resource || !parties || !roles) return found;
    for (const own of Map.groupBy(runs, ({ orgId }) => orgId).values()) {
      const [{ orgId } = { orgId: 0 }] = own;
      const pairOf = (run: Run) => contacts.get(keyOf(run));
      const codes = own.flatMap((run) => pairOf(run)?.new?.code ?? []);
      const where = allOf(among('contact_id', codes), missing('archived_at'));
      const actor = readerOf(orgId);
      const { rows } = await parties.list(actor, { where, order: [], limit: 100_000, offset: 0, total: false });
      const inRole = rows.filter((party) => typeof party[column] === 'string');
      const byCode = new Map(
        (
          await roles.byCodes(
            actor,
            inRole.map((party) => String(party[column])),
          )
        ).map((row) => [row.code, row]),
      );
      const pairs = own.flatMap((run) => {
        const { old = null, new: now = null } = pairOf(run) ?? {};
        const mine = inRole.filter((party) => now && party.contact_id === now.code);
        return mine.flatMap((party) => {
          const row = byCode.get(String(party[column]));
          return row && old && now ? [{ key: keyOf(run), pair: { old: withContact(row, old), new: withContact(row, now) } }] : [];
        });
      });
      const told = await show(
        resource,
        orgId,
        pairs.map(({ pair }) => pair),
      );
      for (const [i, { key }] of pairs.entries()) if (told[i]) found.set(key, [...(found.get(key) ?? []), told[i]]);
    }
    return found;
  }

  return {
    keyOf,
    /** The group whose topics tell of rows of a noun; undefined where none does. */
    groupOf: (noun: string) => resourceOf(noun)?.name,
    around,
    behind,

    /** The records of runs themselves, or an object inside of them: landlords' details of contacts. */
    async shown(
      runs: readonly Run[],
      pairs: ReadonlyMap<string, Shown['rows']>,
      inside = false,
    ): Promise<ReadonlyMap<string, Shown>> {
      const found = new Map<string, Shown>();
      for (const own of Map.groupBy(runs, ({ orgId, noun }) => `${orgId} ${noun}`).values()) {
        const [{ orgId, noun } = { orgId: 0, noun: '' }] = own;
        const resource = inside ? engineOf().registry.get(DETAILS_GROUP) : resourceOf(noun);
        if (!resource) continue;
        const known = own.flatMap((run) => {
          const pair = pairs.get(keyOf(run));
          return pair && (pair.old || pair.new) ? [{ run, pair }] : [];
        });
        const all = await show(
          resource,
          orgId,
          known.map(({ pair }) => pair),
        );
        for (const [i, { run }] of known.entries()) if (all[i]) found.set(keyOf(run), all[i]);
      }
      return found;
    },

    /** Which rows of a noun belong to one of these offices. */
    async idsIn(orgId: number, noun: string, officeIds: readonly number[], ids: readonly number[]): Promise<ReadonlySet<number>> {
      return (await services.get(noun)?.idsSeen({ ...readerOf(orgId), officeIds }, ids)) ?? new Set();
    },
  };
}
export type RecordReader = ReturnType<typeof recordReader>;
