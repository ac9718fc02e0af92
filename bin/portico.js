import { enableCompileCache } from 'node:module';

// Stripped and compiled modules are kept between starts, from the first import of ours on. JavaScript, because a start that finds
// everything there then never loads the stripper: 0.1 s and 16 MB less.
enableCompileCache();
const { run } = await import('../src/cli.ts');
process.exitCode = await run(process.argv.slice(2));
