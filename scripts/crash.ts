/** Kills Portico and its PostgreSQL while every door writes, and says whether anything was lost: `npm run crash -- --kills 500`. */
import { parseArgs } from 'node:util';
import { runCrashes } from '../src/testing/crash/run.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string' }, seed: { type: 'string' }, minutes: { type: 'string' }, spoil: { type: 'boolean' } },
});
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
const report = await runCrashes({
  kills: Number(values.kills ?? 20),
  seed,
  ...(values.minutes ? { withinMs: Number(values.minutes) * 60_000 } : {}),
  spoil: values.spoil === true,
  say: (line) => console.log(line),
});

const figures = (times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`;
};
const { kills, sent, acknowledged, refused, unanswered, loopIts, sweptFiles, restarts, recoveries, problems } = report;
console.log(
  `\nseed ${seed}; kills: ${Object.entries(kills)
    .map(([kind, n]) => `${kind} ${n}`)
    .join(', ')}`,
);
console.log(`writes: ${sent} sent, ${acknowledged} acknowledged, ${refused} told to come back, ${unanswered} unanswered`);
console.log(`loop-its ${loopIts}, all whole or named below; files of no row swept ${sweptFiles}`);
console.log(`restart: ${figures(restarts)}`);
console.log(`recovery without a restart: ${figures(recoveries)}`);
for (const problem of problems) console.log(`WRONG  ${problem}`);
console.log(problems.length === 0 ? 'Nothing acknowledged was lost.' : `${problems.length} things are wrong.`);
process.exitCode = problems.length === 0 ? 0 : 1;
