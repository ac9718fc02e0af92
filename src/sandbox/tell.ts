import { statement, type Tx } from '../db/index.ts';
import { buildDomain, type Ports } from '../domain/index.ts';
import { conflict } from '../kernel/fault.ts';
import { insertRows } from './bulk/insert-rows.ts';
import { SANDBOX } from './credentials.ts';
import { OFFICE_CODES } from './data/staff.ts';
import { DEMO_FOR_TESTS } from './demo-credentials.ts';
import { openStage, type Stage } from './stage.ts';
import { agency } from './story/agency.ts';
import { application } from './story/application.ts';
import { briansLoops } from './story/brians-loops.ts';
import { brokerage } from './story/brokerage.ts';
import { contacts } from './story/contacts.ts';
import { demo } from './story/demo.ts';
import { demoListing } from './story/demo-listing.ts';
import { demoSearches } from './story/demo-searches.ts';
import { diary } from './story/diary.ts';
import { lettings } from './story/lettings.ts';
import { listings } from './story/listings.ts';
import { loop34308 } from './story/loop-34308.ts';
import { manyContacts, visitors } from './story/many-contacts.ts';
import { manyDates } from './story/many-dates.ts';
import { manyLettings } from './story/many-lettings.ts';
import { manyLoops, manyPlans } from './story/many-loops.ts';
import { manySales } from './story/many-sales.ts';
import { keepPapers } from './story/papers-kept.ts';
import { reapitApplication } from './story/reapit-application.ts';
import { selling } from './story/selling.ts';
import { site } from './story/site.ts';
import { sparkAccounts } from './story/spark-accounts.ts';
import { sparkConsumers } from './story/spark-consumers.ts';
import { sparkKeys } from './story/spark-keys.ts';
import { sparkListings } from './story/spark-listings.ts';
import { sparkNotes } from './story/spark-notes.ts';
import { sparkSearches } from './story/spark-searches.ts';
import { templates } from './story/templates.ts';
import { ties } from './story/ties.ts';
import { type Counter, raiseSequences, trustStory, wipeSandboxes } from './wipe.ts';
import { DEMO, SBOX } from './world.ts';

// One story at a time: two servers that start on an empty database would both begin. Whoever only refers to an organisation goes on.
const alone = statement<never>('sandbox.alone', 'lock table organisation in share row exclusive mode');
const inTheWay = statement<{ code: string }>(
  'sandbox.in_the_way',
  'select code from organisation where id = any ($1::bigint[]) or code = any ($2::text[]) limit 1',
);

// Until it has counted the new rows, the database takes these tables for empty, and joins them row by row.
const countRows = statement<never>(
  'sandbox.count_rows',
  'analyze party, contact, company, applicant, landlord, tenancy, vendor, offer, property',
);

async function makeRoom(tx: Tx): Promise<readonly Counter[]> {
  await tx.rows(alone, []);
  await trustStory(tx);
  const counters = await wipeSandboxes(tx);
  const [other] = await tx.rows(inTheWay, [
    [SBOX.id, DEMO.id],
    [SBOX.code, DEMO.code],
  ]);
  if (other)
    throw conflict(
      'sandbox.no_room',
      `Organisation ${other.code} has an id or code of the sandbox, which needs a database where it comes first. Set PORTICO_SANDBOX=off, or give it a database of its own.`,
    );
  return counters.filter(({ org_id }) => org_id === SBOX.id || org_id === DEMO.id);
}

type Hashes = { readonly people: string; readonly demo: string };

function stagesOf(ports: Ports, tx: Tx, publicUrl: string, hashes: Hashes): Stage[] {
  const allenRealty = openStage(ports, tx, { orgId: SBOX.id, offices: OFFICE_CODES });
  brokerage(allenRealty, hashes.people);
  keepPapers(allenRealty);
  application(allenRealty, publicUrl);
  reapitApplication(allenRealty, publicUrl, hashes.people);
  listings(allenRealty);
  templates(allenRealty);
  contacts(allenRealty);
  agency(allenRealty);
  sparkAccounts(allenRealty);
  sparkKeys(allenRealty);
  sparkConsumers(allenRealty, hashes.people);
  sparkNotes(allenRealty);
  sparkSearches(allenRealty);
  sparkListings(allenRealty);
  selling(allenRealty);
  loop34308(allenRealty);
  briansLoops(allenRealty);
  manyLoops(allenRealty, manyPlans(allenRealty, manyContacts(allenRealty)));
  manySales(allenRealty);
  visitors(allenRealty);
  lettings(allenRealty);
  diary(allenRealty);
  manyLettings(allenRealty);
  manyDates(allenRealty);
  site(allenRealty);
  ties(allenRealty);
  const second = openStage(ports, tx, {
    orgId: DEMO.id,
    offices: new Map([
      [null, 'OXF'],
      [11, 'OXF'],
    ]),
  });
  demo(second, hashes.demo);
  demoListing(second);
  demoSearches(second);
  return [allenRealty, second];
}

export type TellOptions = {
  readonly publicUrl: string;
  readonly progress?: (done: number, of: number, what: string) => void;
};

/**
 * Puts the sandbox back: in one transaction it empties its organisations and tells the story again, with the same ids, codes, keys
 * and times on every machine. Readers see the old world until then. Other organisations are not touched.
 * @throws Fault conflict `sandbox.no_room` when a real organisation has an id or code of the sandbox
 */
export async function tellStory(ports: Ports, options: TellOptions): Promise<void> {
  const { hashPassword } = buildDomain(ports).identity;
  await raiseSequences(ports.db);
  const tell = async (tx: Tx) => {
    const [people, demo, counters] = await Promise.all([
      hashPassword(SANDBOX.people.password),
      hashPassword(DEMO_FOR_TESTS.people.password),
      makeRoom(tx),
    ]);
    await playAll(stagesOf(ports, tx, options.publicUrl, { people, demo }), options);
    await insertRows(tx, 'code_counter', counters);
    await tx.rows(countRows, []);
  };
  await ports.db.tx(tell);
}

const EVERY = 25;

async function playAll(stages: readonly Stage[], { progress = () => {} }: TellOptions): Promise<void> {
  const total = stages.reduce((sum, stage) => sum + stage.length, 0);
  let done = 0;
  for (const stage of stages)
    await stage.play(() => {
      done++;
      if (done % EVERY === 0 || done === total) progress(done, total, 'Sandbox world');
    });
}
