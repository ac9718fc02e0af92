import type { Actor } from '../../../access/actor.ts';
import type { Domain } from '../../../domain/index.ts';
import type { Condition } from '../../../kernel/condition.ts';
import { invalid } from '../../../kernel/fault.ts';
import { all, anyOf, atLeast, atMost, equal } from '../../../wire/resource/conditions.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';
import type { Source } from '../../../wire/resource/source.ts';

/** A bound that waits for the customer's rates: it stands for `sale_price` in the currency behind the colon, or in the base currency. */
const MARK = 'sale_price:';
const marked = (query: ReadQuery) => `${MARK}${String(query.priceFiltersCurrency?.[0] ?? '').toUpperCase()}`;

export const priceFrom = ([price = 0]: readonly number[], query: ReadQuery) => atLeast(marked(query), price);
export const priceTo = ([price = 0]: readonly number[], query: ReadQuery) => atMost(marked(query), price);

type Bound = Extract<Condition, { kind: 'compare' }>;
const isBound = (one: Condition): one is Bound =>
  one.kind === 'compare' && one.left.kind === 'field' && one.left.name.startsWith(MARK);
const hasBound = (one: Condition): boolean => isBound(one) || (one.kind === 'and' && one.of.some(hasBound));

type Rates = { readonly base: string; readonly of: Readonly<Record<string, number>> };

/** The bound in each currency that prices may be in (contracts/reapit.md §1.5). @throws Fault invalid for a currency without rate */
function convert({ left, right, op }: Bound, { base, of }: Rates): Condition {
  const asked = left.kind === 'field' ? left.name.slice(MARK.length) || base : base;
  const rate = asked === base ? 1 : of[asked];
  if (rate === undefined || right.kind !== 'literal')
    throw invalid({
      in: 'query',
      at: 'priceFiltersCurrency',
      reason: 'value',
      message: `The value '${asked}' is not valid for priceFiltersCurrency.`,
    });
  const inBase = Number(right.value) / rate;
  const bound = (price: number) => (op === 'ge' ? atLeast('sale_price', price) : atMost('sale_price', price));
  const others = Object.entries(of).filter(([currency]) => currency !== base);
  if (others.length === 0) return bound(inBase);
  return anyOf(
    ...[[base, 1] as const, ...others].map(([currency, times]) => all(equal('currency', currency), bound(inBase * times))),
  );
}

const resolve = (one: Condition, rates: Rates): Condition => {
  if (isBound(one)) return convert(one, rates);
  return one.kind === 'and' ? { ...one, of: one.of.map((part) => resolve(part, rates)) } : one;
};

/** Properties, with bounds of prices in any currency that the customer has a rate for. */
export const inAnyCurrency = ({ orgs }: Domain, source: Source<Actor>): Source<Actor> => ({
  ...source,
  async list(actor, query) {
    if (!query.where || !hasBound(query.where)) return source.list(actor, query);
    const { base_currency, settings } = await orgs.organisation(actor);
    const where = resolve(query.where, { base: base_currency, of: settings.currencyRates ?? {} });
    return source.list(actor, { ...query, where });
  },
});
