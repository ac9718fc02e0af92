/** Checks the import table. dependency-cruiser ends with 0 when it could read nothing, so the count of modules is checked too. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const result = spawnSync(
  process.execPath,
  [join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.mjs', 'src'],
  {
    cwd: root,
    encoding: 'utf8',
  },
);
process.stdout.write(result.stdout);
process.stderr.write(result.stderr);
const modules = Number(/(\d+) modules/.exec(result.stdout)?.[1] ?? 0);
if (modules < 100) console.error(`Only ${modules} modules were read: the walls were not checked`);
process.exitCode = result.status === 0 && modules >= 100 ? 0 : 1;
