import fc from 'fast-check';
import { hostileDate, hostileText } from './hostile.ts';
import { cursor, loopFilter, metadataExpression, order, sparkql } from './languages.ts';
import type { Operation } from './operations.ts';
import { encoded } from './paths.ts';
import { type Surroundings, valuesOf } from './schema-values.ts';

/** Parameters that have a language of their own, by name. */
const LANGUAGES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  _filter: sparkql,
  filter: fc.oneof(loopFilter, metadataExpression),
  metadata: metadataExpression,
  sort: order,
  sortBy: order,
  order_by: order,
  _orderby: order,
  _skiptoken: cursor,
  next_cursor: cursor,
  cursor,
  nextPageToken: cursor,
  _select: fc.oneof(fc.constantFrom('Id', 'Id,ListPrice', 'StandardFields.City', 'Nope', ',,'), hostileText),
  _expand: fc.oneof(fc.constantFrom('Photos', 'Photos,Videos', 'CustomFields', 'Nope'), hostileText),
};
const DAY = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
/** Days and moments without a format in the document. */
const isTime = (name: string) => /(From|To|_after|_before|_min)$/.test(name);

function parameterValues({ name, schema }: Operation['query'][number], around: Surroundings): fc.Arbitrary<string> {
  const language = LANGUAGES[name];
  const right = isTime(name) ? DAY : valuesOf(schema, around, name).map((value) => [value].flat().map(String).join(','));
  return fc.oneof({ weight: language ? 2 : 6, arbitrary: right }, ...(language ? [{ weight: 6, arbitrary: language }] : []), {
    weight: 2,
    arbitrary: isTime(name) ? hostileDate : hostileText,
  });
}

/** The query of an operation: some of its parameters, rightly or not, and now and then one that it does not have. */
export function queriesOf({ query }: Operation, around: Surroundings): fc.Arbitrary<string> {
  const words = query.map((one) => {
    const pair = parameterValues(one, around).map((value) => `${one.name}=${encoded(value)}`);
    return one.required ? fc.option(pair, { freq: 30, nil: '' }) : pair;
  });
  const odd = fc.oneof(
    fc.tuple(hostileText, hostileText).map(([name, value]) => `${encoded(name)}=${encoded(value)}`),
    fc.constantFrom(
      '&',
      '%',
      '%zz=%zz',
      '=',
      '?',
      'a[]=1',
      'a[b]=1',
      '_method=DELETE',
      'callback=x',
      '_=1',
      `${'a=1&'.repeat(300)}`,
    ),
  );
  const some =
    query.length === 0
      ? fc.constant<string[]>([])
      : fc
          .subarray(
            words.map((_, at) => at),
            { maxLength: Math.min(5, words.length) },
          )
          .chain((chosen) => {
            const needed = query.flatMap(({ required }, at) => (required ? [at] : []));
            return fc.tuple(...[...new Set([...needed, ...chosen])].map((at) => words[at] ?? fc.constant('')));
          });
  return fc
    .tuple(some, fc.option(odd, { freq: 12, nil: null }))
    .map(([pairs, extra]) => [...pairs, extra ?? ''].filter((pair) => pair !== '').join('&'));
}
