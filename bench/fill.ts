import pino from 'pino';
import { makeProgress, terminalOf } from '../src/commands/command.ts';
import { readConfig } from '../src/config.ts';
import type { EmbeddedServer } from '../src/db/embedded/index.ts';
import { openStores } from '../src/stores.ts';
import { type Case, makeCases, reapitCases, siteCases, sparkCases } from './cases.ts';
import { credentialsOf, requestsOf } from './credentials.ts';
import { priceOfTotal } from './price.ts';
import { openRecorder, type Replay } from './replay.ts';
import { recordStatements } from './statements.ts';
import { loadRows, makeWorld, noteListing, type Size, someContacts, someLoops } from './world.ts';

/** How many contacts are written in turn, one by each connection. */
const WRITTEN = 20;

export const isRead = ({ method }: Case) => method === 'GET';

/** Makes the world, and writes down what the product asks of the database in each case. */
export async function fill(dataDir: string, running: EmbeddedServer['connection'], size: Size) {
  const config = { ...readConfig({ PORTICO_DATA: dataDir, PORTICO_POOL: '4', PORTICO_SANDBOX: 'off' }), statementTimeoutMs: 0 };
  const stores = await openStores(config, pino({ level: 'warn' }), { running });
  const world = await makeWorld(stores);
  const bar = await makeProgress({ json: false, terminal: terminalOf(process) });
  await loadRows(stores, world, size, bar.step);
  bar.end();
  const loops = await someLoops(stores, world, size);
  const all = await someContacts(stores, world, size);
  const [written, contacts] = [all.slice(0, WRITTEN), all.slice(WRITTEN)];
  const statements = await recordStatements(stores, world, loops[0] as number);
  const recorder = await openRecorder(stores);
  const credentials = await credentialsOf(recorder, world);
  const recorded = [
    ...sparkCases(await noteListing(stores, world)),
    ...reapitCases(contacts, written),
    ...siteCases(contacts.map(({ id }) => id)),
  ];
  const replays: Replay[] = [];
  // What is written shows in lists, so writes are recorded before them, and measured after all of them.
  for (const asked of recorded.toSorted((a, b) => Number(isRead(a)) - Number(isRead(b))))
    for (const i of asked.paths.keys()) replays.push(await recorder.record(requestsOf(recorder, asked, i, credentials)));
  const price = await priceOfTotal(stores, world);
  await recorder.close();
  await stores.close();
  const cases = [...makeCases(world.profileId, loops), ...recorded];
  return { world, loops, contacts, written, cases, statements, replays, credentials, price };
}
