import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DIRECTUS, startDirectus } from './directus.ts';
import type { Peer, Surroundings } from './peer.ts';
import installed from './peers/package.json' with { type: 'json' };
import { PRISM, startPrism } from './prism.ts';

const { dependencies } = installed;
const PEERS = [
  { title: `Directus ${dependencies.directus}`, program: DIRECTUS, start: startDirectus },
  { title: `Prism ${dependencies['@stoplight/prism-cli']}`, program: PRISM, start: startPrism },
];

const ROOT = join(import.meta.dirname, '..');

/** Other people's servers: those that `npm run bench:peers` has installed and that come up; of the others it says why not. */
export async function startPeers(at: Surroundings, say: (text: string) => void): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const { title, program, start } of PEERS) {
    if (!existsSync(join(ROOT, program))) {
      say(`Measured without ${title}: npm run bench:peers installs it`);
      continue;
    }
    try {
      peers.push({ title, ...(await start(at)) });
    } catch (error) {
      say(`Measured without ${title}, which did not start: ${error instanceof Error ? error.message : error}`);
    }
  }
  return peers;
}
