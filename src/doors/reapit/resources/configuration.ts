import type { Actor } from '../../../access/actor.ts';
import { AGENCY_LISTS, type AgencyList, type Domain } from '../../../domain/index.ts';
import { notFound } from '../../../kernel/fault.ts';
import type { Row } from '../../../kernel/record.ts';
import { column, computed } from '../../../wire/resource/mapping.ts';
import { meets } from '../../../wire/resource/meets.ts';
import type { Source } from '../../../wire/resource/source.ts';
import { groupNames } from '../contract/data.ts';
import { answerJson, type Declared, declare, operation, type Written } from '../desk.ts';

const isList = (name: string): name is AgencyList => Object.hasOwn(AGENCY_LISTS, name);

/** Option lists are short and read whole; brokerages change them on Portico's pages. */
export function listSource({ lookups }: Domain, list: AgencyList): Source<Actor> {
  const rows = async (actor: Actor): Promise<Row[]> => {
    const options = (await lookups.options(actor, [list]))[list];
    return options.map(({ code, name, more }, i) => ({
      active: true,
      officeIds: [],
      ...more,
      id: i + 1,
      code,
      version: 1,
      name,
      extras: {},
    }));
  };
  const refuse = () => Promise.reject(new Error(`The list ${list} is not written through this door`));
  return {
    noun: list,
    parent: null,
    metadataType: null,
    columns: {
      name: { kind: 'text', readOnly: true },
      active: { kind: 'boolean', readOnly: true },
      officeIds: { kind: 'texts', readOnly: true },
    },
    normalCode: (code) => code.toUpperCase(),
    async list(actor, { where, offset, limit }) {
      const found = (await rows(actor)).filter((row) => !where || meets(where, row));
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
    async byCode(actor, code) {
      const found = (await rows(actor)).find((row) => row.code.toUpperCase() === code.toUpperCase());
      if (!found) throw notFound('option');
      return found;
    },
    async byCodes(actor, codes) {
      const asked = new Set(codes.map((code) => code.toUpperCase()));
      return (await rows(actor)).filter((row) => asked.has(row.code.toUpperCase()));
    },
    create: refuse,
    update: refuse,
    remove: refuse,
  };
}

const listGroups = groupNames().flatMap((group) => {
  const [, list = ''] = /^configuration\/(\w+)$/.exec(group) ?? [];
  return isList(list) ? [{ group, list }] : [];
});

const MORE = ['statuses', 'type', 'category'];

/** `GET /configuration/<list>` and `/<list>/{id}`: bare lists without paging, links, tags and scopes (contracts/reapit.md §4.4). */
export const configurationLists: readonly Declared[] = listGroups.map(({ group, list }) =>
  declare(group, ({ domain }) => ({
    source: listSource(domain, list),
    fields: {
      value: column('name'),
      active: column('active'),
      officeIds: column('officeIds'),
      ...Object.fromEntries(MORE.map((name) => [name, computed({ read: (row) => row[name] })])),
    },
  })),
);

const pair = ({ code, name }: { code: string; name: string }) => ({ id: code, value: name });

/** The lists of several kinds at once, what they are called, and the states of one kind of certificate. */
export const configurationOperations: readonly Written[] = [
  operation('configuration/types', 'GET', '/configuration/types', ({ domain }) => async ({ caller, query }) => {
    const lists = [...new Set((query.type ?? []).map(String))].filter(isList);
    const found = await domain.lookups.options(caller.actor, lists);
    return answerJson(
      Object.fromEntries(
        lists.map((list) => [list, found[list].map((option) => ({ ...pair(option), ...typeMembers(list, option.more) }))]),
      ),
    );
  }),
  operation('configuration/terminology', 'GET', '/configuration/terminology', ({ domain }) => async ({ caller }) => {
    const { settings } = await domain.orgs.organisation(caller.actor);
    const { useSoldStc = false, useMarketAppraisal = false } = settings.reapit ?? {};
    return answerJson({ properties: { useSoldStc, useMarketAppraisal } });
  }),
  operation(
    'configuration/certificateTypes/{typeId}/statuses',
    'GET',
    '/configuration/certificateTypes/{typeId}/statuses',
    ({ domain }) =>
      async ({ caller, ids: [typeId = ''] }) => {
        const row = await listSource(domain, 'certificateTypes').byCode(caller.actor, typeId);
        return answerJson(row.statuses ?? []);
      },
  ),
];

/** Contact categories are told with their type here too. */
const typeMembers = (list: AgencyList, more: Readonly<Record<string, unknown>> | undefined) =>
  list === 'contactCategories' ? { type: more?.type ?? null } : {};
