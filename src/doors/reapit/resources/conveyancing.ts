import type { Actor } from '../../../access/actor.ts';
import type { ChainLink, Domain } from '../../../domain/index.ts';
import type { Condition, ListPage, ListQuery } from '../../../kernel/condition.ts';
import type { Along, Row } from '../../../kernel/record.ts';
import { column, computed, extra, type Mappings } from '../../../wire/resource/mapping.ts';
import { readId } from '../../../wire/resource/operation.ts';
import type { Source } from '../../../wire/resource/source.ts';
import { valueAt } from '../../../wire/resource/spec.ts';
import { answerEmpty, declare, type Model, operation, type ReapitCall } from '../desk.ts';
import { type AddressColumns, addressLine } from '../map/property-address.ts';
import { groupShape, inWordsOf } from '../write-of.ts';

const COMPANY = { noun: 'company' } as const;
const isOutside = ({ offer_id }: Row) => offer_id === null;
const kept = (row: Row, name: string) => valueAt(row, `extras.reapit.${name}`);

const fields: Mappings = {
  isExternal: computed({ read: isOutside }),
  propertyAddress: computed({
    read: (row) => (isOutside(row) ? kept(row, 'propertyAddress') : row.address && addressLine(row.address as AddressColumns)),
  }),
  vendor: computed({ read: (row) => (isOutside(row) ? kept(row, 'vendor') : row.vendor_name) }),
  buyer: computed({ read: (row) => (isOutside(row) ? kept(row, 'buyer') : row.buyer_name) }),
  externalAgent: extra(),
  upwardChainId: column('upward_id'),
  downwardChainId: column('downward_id'),
  mortgageLenderId: extra(COMPANY),
  mortgageBrokerId: extra(COMPANY),
  mortgageSurveyorId: extra(COMPANY),
  additionalSurveyorId: extra(COMPANY),
};
const links = { offer: (model: Model) => (model.isExternal === true ? null : (model.id as string)) };

export const conveyancing = declare('conveyancing', ({ domain }) => ({ source: domain.records.conveyancing, fields, links }));

/** The code that a list below a row asks for. */
function askedOf(where: Condition | undefined, parent: string): string {
  const parts = where?.kind === 'and' ? where.of : where ? [where] : [];
  for (const part of parts)
    if (part.kind === 'among' && part.left.kind === 'field' && part.left.name === parent)
      for (const value of part.values) if (value.kind === 'literal') return String(value.value);
  return '';
}

const timeOf = (row: Row, name: string) => (row[name] as Date).getTime();

/** The sales of a chain: a handful of rows, in the order of the chain, the bottom one first, unless another is asked for. */
function chainSource({ records, deals }: Domain): Source<Actor> {
  const { conveyancing: source } = records;
  const parent = 'chain_of';
  return {
    ...source,
    parent,
    async list(actor: Actor, { where, order, limit, offset }: ListQuery, along?: Along): Promise<ListPage<Row>> {
      const codes = await deals.saleChain(actor, askedOf(where, parent));
      const found = new Map((await source.byCodes(actor, codes, along)).map((row) => [row.code, row]));
      const rows = codes.flatMap((code) => found.get(code) ?? []);
      const [first] = order === 'random' ? [] : order;
      const by = { chain_created: 'created_at', updated_at: 'updated_at' }[first?.field ?? ''];
      if (by) rows.sort((a, b) => (timeOf(a, by) - timeOf(b, by)) * (first?.descending ? -1 : 1) || a.id - b.id);
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
  };
}

export const conveyancingChain = declare('conveyancing/{id}/chain', ({ domain }) => ({
  source: chainSource(domain),
  fields,
  links,
  // Told apart from the order of lists that nobody sorts.
  sorts: { created: ['chain_created'], modified: ['updated_at'] },
}));

type Direction = 'upward' | 'downward';
const OUTSIDE = { upward: 'vendor', downward: 'buyer' } as const;

/** The sale of an offer, or one outside of the firm by its address and people. */
function linkFrom(direction: Direction, body: Model): ChainLink {
  if (typeof body.offerId === 'string') return { offer: body.offerId };
  const person = OUTSIDE[direction];
  const { propertyAddress, agent: externalAgent } = body;
  return {
    outside: {
      extras: { reapit: { propertyAddress, externalAgent, [person]: body[person] } },
      [`${person}_solicitor_id`]: body[`${person}SolicitorId`],
    },
  };
}

const change = (direction: Direction, status: number, link: (call: ReapitCall) => ChainLink) => {
  const group = `conveyancing/{id}/${direction}`;
  return operation(group, status === 201 ? 'POST' : 'DELETE', `/${group}`, ({ domain: { records } }) => {
    const shape = groupShape('conveyancing', records.conveyancing, { ...fields, offerId: column('offer_id') });
    return async (call) => {
      const id = readId(call.ids[0], 'conveyancing');
      const values = { [direction]: link(call) };
      await inWordsOf(shape, () => records.conveyancing.update(call.caller.actor, id, () => ({ values })));
      return answerEmpty(status);
    };
  });
};

export const chainOperations = (['upward', 'downward'] as const).flatMap((direction) => [
  change(direction, 201, ({ body }) => linkFrom(direction, body)),
  change(direction, 204, () => null),
]);
