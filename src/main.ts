import { enableCompileCache } from 'node:module';

// Stripped and compiled modules are kept between starts: 1.1 s becomes 0.7 s (tech figures, 2 cores). Before the first import of ours.
enableCompileCache();
const { run } = await import('./cli.ts');
process.exitCode = await run(['start', ...process.argv.slice(2)]);
