import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { PeerFigure, Result } from './measure.ts';
import type { Price } from './price.ts';
import type { Starts } from './starts.ts';
import type { Size } from './world.ts';

export type Measured = {
  readonly size: Size;
  readonly results: readonly Result[];
  readonly price: Price;
  readonly starts: Starts;
};

const grouped = (n: number) => n.toLocaleString('en-US');
const met = (good: boolean) => (good ? 'met' : '**missed**');
const rounded = (n: number) => Math.round(n * 100) / 100;

const rowOf = ({ title, figures: { portico, bare, statement }, ratio, ratioToStatement, target }: Result) =>
  `| ${title} | ${grouped(portico.perSecond)} (${portico.p99}) | ${grouped(bare.perSecond)} (${bare.p99}) | ${grouped(statement.perSecond)} (${statement.p99}) | **${ratio}** | ${ratioToStatement} | ${target}: ${met(ratio >= target)} |`;

const DOORS = [
  ['dotloop', /^(?!spark|reapit|site)/],
  ['Spark', /^spark/],
  ['Reapit', /^reapit/],
  ['Propertybase', /^site/],
] as const;

/** How many times longer the deep page takes than the first. */
function deepPage(results: readonly Result[], first: string, deep: string): number {
  const rate = (name: string) => results.find((result) => result.name === name)?.figures.portico.perSecond ?? Number.NaN;
  return rounded(rate(first) / rate(deep));
}

const FULL_BAR = 40;
/** Bars of the ratios, the bare server being the whole width; the mark is the target. */
const barOf = ({ ratio, target }: Result): string =>
  Array.from({ length: FULL_BAR + 5 }, (_, i) =>
    i === Math.round(target * FULL_BAR) ? '|' : i < Math.round(ratio * FULL_BAR) ? '█' : i < FULL_BAR ? '·' : ' ',
  ).join('');

function chartOf(results: readonly Result[]): string[] {
  const width = Math.max(...results.map(({ title }) => title.length));
  return [
    '```text',
    ...results.map((one) => `${one.title.padEnd(width)}  ${barOf(one)} ${one.ratio.toFixed(2)}`.trimEnd()),
    '```',
  ];
}

const PEER_BAR = 40;
/** The rates of one case side by side; the fastest has the whole width. */
function ratesOf({ title, figures: { portico }, peers }: Result): string[] {
  const rows = [{ title: 'Portico', ...portico }, ...peers];
  const fastest = Math.max(...rows.map(({ perSecond }) => perSecond));
  const width = Math.max(...rows.map((one) => one.title.length));
  const bar = (rate: number) => '█'.repeat(Math.max(1, Math.round((rate / fastest) * PEER_BAR)));
  return ['', title, ...rows.map((one) => `  ${one.title.padEnd(width)}  ${bar(one.perSecond)} ${grouped(one.perSecond)}`)];
}

/** What other people's servers make of the like; nothing where none took part. */
function peersOf(all: readonly Result[]): string[] {
  const results = all.filter(({ peers }) => peers.length > 0);
  const titles = [...new Set(results.flatMap(({ peers }) => peers.map(({ title }) => title)))];
  if (titles.length === 0) return [];
  const cellsOf = ({ peers }: Result, cell: (peer: PeerFigure) => string) =>
    titles.map((title) => peers.filter((peer) => peer.title === title).map(cell)[0] ?? '–');
  const rates = (result: Result) => cellsOf(result, ({ perSecond, p99 }) => `${grouped(perSecond)} (${p99})`);
  const ratios = (result: Result) => cellsOf(result, ({ ratio }) => `**${ratio}**`);
  return [
    '## Peers',
    '',
    'Other servers asked the like in the same rounds; what each of them does and leaves out is in [README.md](README.md#peers). Over 1, Portico answers more.',
    '',
    `| case | Portico | ${titles.join(' | ')} | ${titles.map((title) => `ratio to ${title}`).join(' | ')} |`,
    `| --- | ---: |${' ---: |'.repeat(2 * titles.length)}`,
    ...results.map((result) => {
      const { perSecond, p99 } = result.figures.portico;
      return `| ${[result.title, `${grouped(perSecond)} (${p99})`, ...rates(result), ...ratios(result)].join(' | ')} |`;
    }),
    '',
    'Requests a second:',
    '',
    '```text',
    ...results.flatMap(ratesOf).slice(1),
    '```',
    '',
  ];
}

function factsOf({ results, price, starts: { existing, empty, memory } }: Measured): string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const deep = (first: string, later: string) => {
    const times = deepPage(results, first, later);
    return `${times} | 1.5: ${met(times <= 1.5)}`;
  };
  const total = rounded(price.withTotal - price.page);
  return [
    '| what | figure | target |',
    '| --- | ---: | --- |',
    `| page 2,000 of the loops, as a multiple of page 1 | ${deep('page1', 'page2000')} |`,
    `| page 4,000 of the contacts, as a multiple of page 1 | ${deep('reapit-page1', 'reapit-page4000')} |`,
    `| the total of all contacts, beside a page of 25 | ${total} ms beside ${price.page} ms | no more than the page: ${met(total <= price.page)} |`,
    `| page 4,000 of all contacts, the statement alone | ${rounded(price.deep / price.withTotal)} times page 1 | 1.5: ${met(price.deep <= 1.5 * price.withTotal)} |`,
    `| ready, existing database | ${seconds(existing)} | 2 s: ${met(existing <= 2_000)} |`,
    `| ready, empty folder, sandbox world made | ${seconds(empty)} | 8 s: ${met(empty <= 8_000)} |`,
    ...(memory
      ? [
          `| Node process when idle, RSS (PSS) | ${memory.rss} MiB (${memory.pss}) | 180 MB: ${met(memory.rss * 1.048576 < 180)} |`,
        ]
      : []),
  ];
}

function pageOf(measured: Measured): string {
  const { results, size } = measured;
  const held = Object.entries(size).map(([name, count]) => `${grouped(count)} ${name}`);
  return [
    '# Results',
    '',
    'Written by `npm run bench`; what is compared with what is in [README.md](README.md).',
    '',
    `One database with ${held.join(', ')}, ${cpus().length} cores. Requests a second (p99 in ms), medians:`,
    ...DOORS.flatMap(([door, names]) => [
      '',
      `## ${door}`,
      '',
      '| case | Portico | bare, same statements | bare, the one statement | ratio | to the one statement | target |',
      '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
      ...results.filter(({ name }) => names.test(name)).map(rowOf),
    ]),
    '',
    '## Ratios',
    '',
    'Portico to the bare server that sends the same statements, whose rate is the width of the dots; the line is the target.',
    '',
    ...chartOf(results),
    '',
    ...peersOf(results),
    '## Pages, totals, starts',
    '',
    ...factsOf(measured),
    '',
  ].join('\n');
}

/** results.json has every figure, results.md the tables and the chart. */
export async function writeReport(dir: string, measured: Measured): Promise<void> {
  await writeFile(join(dir, 'results.json'), `${JSON.stringify({ cores: cpus().length, ...measured }, null, 2)}\n`);
  await writeFile(join(dir, 'results.md'), pageOf(measured));
}
