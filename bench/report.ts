import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Result } from './measure.ts';
import type { Starts } from './starts.ts';

export type Measured = { readonly results: readonly Result[]; readonly starts: Starts };

const [BEGIN, END] = ['<!-- figures -->', '<!-- /figures -->'];
const grouped = (n: number) => n.toLocaleString('en-US');
const met = (good: boolean) => (good ? 'met' : '**missed**');

const rowOf = ({ title, figures: { portico, bare, statement }, ratio, ratioToStatement, target }: Result) =>
  `| ${title} | ${grouped(portico.perSecond)} (${portico.p99}) | ${grouped(bare.perSecond)} (${bare.p99}) | ${grouped(statement.perSecond)} (${statement.p99}) | **${ratio}** | ${ratioToStatement} | ${target}: ${met(ratio >= target)} |`;

/** How many times longer the deep page takes than the first. */
function deepPage(results: readonly Result[]): number {
  const rate = (name: string) => results.find((result) => result.name === name)?.figures.portico.perSecond ?? Number.NaN;
  return Math.round((rate('page1') / rate('page2000')) * 100) / 100;
}

function tables({ results, starts }: Measured): string {
  const deep = deepPage(results);
  const { existing, empty, memory } = starts;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    `Requests a second (p99 in ms), medians, ${cpus().length} cores:`,
    '',
    '| case | Portico | bare, same statements | bare, the one statement | ratio | to the one statement | target |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...results.map(rowOf),
    '',
    '| what | figure | target |',
    '| --- | ---: | --- |',
    `| page 2,000, as a multiple of page 1 | ${deep} | 1.5: ${met(deep <= 1.5)} |`,
    `| ready, existing database | ${seconds(existing)} | 2 s: ${met(existing <= 2_000)} |`,
    `| ready, empty folder, sandbox world made | ${seconds(empty)} | 8 s: ${met(empty <= 8_000)} |`,
    ...(memory
      ? [
          `| Node process when idle, RSS (PSS) | ${memory.rss} MiB (${memory.pss}) | 180 MB: ${met(memory.rss * 1.048576 < 180)} |`,
        ]
      : []),
  ].join('\n');
}

/** The figures go into results.json and between the marks of README.md; the words around them are written by hand. */
export async function writeReport(dir: string, measured: Measured): Promise<void> {
  await writeFile(join(dir, 'results.json'), `${JSON.stringify({ cores: cpus().length, ...measured }, null, 2)}\n`);
  const readme = join(dir, 'README.md');
  const text = await readFile(readme, 'utf8');
  const [before, after] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  await writeFile(readme, `${text.slice(0, before)}\n${tables(measured)}\n${text.slice(after)}`);
}
