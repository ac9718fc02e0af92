/** `npm run fuzz -- [--requests 20000] [--minutes n] [--seed n] [--from batch]`: hostile requests to a sandbox house of its own, for as long as one likes. */
import { parseArgs } from 'node:util';
import { fuzz } from '../src/testing/fuzz/run.ts';
import { openLab } from '../src/testing/lab.ts';
import { globalSetup, globalTeardown } from '../src/testing/setup.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    from: { type: 'string', default: '0' },
    most: { type: 'string', default: '20' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`seed ${seed}`);

await globalSetup();
try {
  await using lab = await openLab();
  let told = 0;
  const report = await fuzz(lab, {
    seed,
    from: Number(values.from),
    requests: Number(values.requests),
    most: Number(values.most),
    ...(values.minutes ? { minutes: Number(values.minutes) } : {}),
    patienceMs: 20_000,
    progress(done) {
      if (done - told < 5_000) return;
      told = done;
      console.log(`${done} requests`);
    },
  });
  const { findings, ...figures } = report;
  console.log(JSON.stringify(figures, null, 2));
  for (const finding of findings) console.log(`\n${finding}`);
  console.log(findings.length === 0 ? '\nNothing found.' : `\n${findings.length} findings, seed ${seed}`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await globalTeardown();
}
