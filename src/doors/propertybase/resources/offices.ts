import type { MlsNumberOf } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import type { Caller, Desk, Model } from '../desk.ts';
import { computed, of } from '../fields.ts';
import { fileField } from '../files.ts';
import { byText } from '../filters.ts';
import { mlsNumbers, officeAddress, phone } from '../map.ts';
import { at, type Form, type Resource } from '../resource.ts';

/** Numbers of the rows in MLSs, in the words of the wire, by the row. */
export async function numbersFor(
  { domain }: Desk,
  { actor }: Caller,
  rows: readonly Row[],
  { includes }: Form,
  wanted: Readonly<Record<string, readonly [Parameters<typeof domain.orgs.mlsNumbers>[1], (one: MlsNumberOf) => Model]>>,
): Promise<ReadonlyMap<number, Model>> {
  const found = new Map<number, Record<string, unknown>>(rows.map(({ id }) => [id, {}]));
  const ids = rows.map(({ id }) => id);
  for (const [name, [whose, shape]] of Object.entries(wanted)) {
    if (!includes.has(name)) continue;
    const numbers = Map.groupBy(await domain.orgs.mlsNumbers(actor, whose, ids), (one) => one.of);
    for (const [id, model] of found) model[name] = (numbers.get(id) ?? []).map(shape);
  }
  return found;
}
export const agentNumber = ({ id, mls_name, number }: MlsNumberOf): Model => ({ id, mls_name, agent_mls_id: number });
export const officeNumber = ({ id, mls_name, number }: MlsNumberOf): Model => ({ id, mls_name, office_mls_id: number });
export const withAgent = (one: MlsNumberOf): Model => ({
  id: one.id,
  agent_id: one.member_id,
  mls_name: one.mls_name,
  agent_mls_id: one.number,
});

const MANAGERS = ['Agent', 'Employee'] as const;

export const offices = (desk: Desk): Resource => ({
  name: 'offices',
  permission: 'offices',
  model: 'Office',
  models: 'Offices',
  key: 'office',
  methods: 'LGCUDA',
  places: [at('/offices')],
  source: desk.domain.records.office,
  activates: true,
  fields: {
    ...of('string', 'rw', 'name', { required: true, aliases: ['office_name'] }),
    ...of('string', 'r', 'office_name', { read: ({ name }) => name }),
    office_mls_ids: computed(
      'objects',
      'rw',
      { read: (row) => row.office_mls_ids, write: mlsNumbers('office_mls_id') },
      { shown: 'include' },
    ),
    ...of('objects', 'r', 'agent_mls_ids', { shown: 'include', read: (row) => row.agent_mls_ids }),
    ...of('bool', 'rw', 'active'),
    ...of('bool', 'rw', 'display_on_site', { fallback: true }),
    office_manager_id: computed<number | null>('int', 'rw', { read: (row) => row['manager_id:id'], write: () => ({}) }),
    ...of('string', 'rw', 'office_manager_type', {
      words: MANAGERS,
      read: ({ manager_kind }) => (manager_kind === 'employee' ? 'Employee' : manager_kind === 'agent' ? 'Agent' : null),
      write: () => ({}),
    }),
    ...officeAddress,
    phone: phone('phone'),
    fax: phone('fax'),
    ...of('string', 'rw', 'email propertybase_id'),
    ...of('text', 'rw', 'description'),
    ...of('decimal', 'rw', 'latitude longitude'),
    ...of('int', 'rw', 'position'),
    photo_url: fileField(desk, 'photo_url', { picture: true, column: 'photo' }),
    ...of('url', 'r', 'url', { read: ({ id }) => `${desk.publicUrl}/offices/${id}` }),
  },
  filters: { name: byText('name'), email: byText('email') },
  orders: { name: 'name_key', position: 'position', email: 'email' },
  async check({ domain }, { caller, sent }) {
    const id = sent.office_manager_id as number | null | undefined;
    if (id === null || id === undefined) return [];
    const type = (sent.office_manager_type as string | null | undefined) ?? 'Agent';
    const found = (await domain.codesOf(caller.actor, [{ noun: 'member', id }])).get(`member ${id}`);
    return found?.kind === type.toLowerCase() ? [] : [`${type} does not exist`];
  },
  async complete({ domain }, { caller, sent }) {
    const id = sent.office_manager_id as number | null | undefined;
    if (id === undefined) return {};
    const found = id === null ? undefined : (await domain.codesOf(caller.actor, [{ noun: 'member', id }])).get(`member ${id}`);
    return { manager_id: found?.code ?? null, manager_name: null };
  },
  extend: (own, caller, rows, form) =>
    numbersFor(own, caller, rows, form, {
      office_mls_ids: ['offices', officeNumber],
      agent_mls_ids: ['agentsOfOffices', withAgent],
    }),
});
