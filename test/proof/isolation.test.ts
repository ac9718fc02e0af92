import { deepEqual, doesNotMatch, equal, notEqual, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { heldBy } from '../../src/testing/held-rows.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { callOf, type Ids, pathOf, WORDS } from '../../src/testing/routes.ts';
import type { Contract } from '../../src/wire/contract.ts';
import { named, nobodys, plain, TIMES } from './answers.ts';
import { type OwnedIds, ownedIds } from './owned-ids.ts';
import { type Cast, castAll, DOORS, type DoorName, type Said, type Speak } from './strangers.ts';

let lab: Lab;
let ahead = 0;
let casts: ReadonlyMap<DoorName, Cast>;
before(async () => {
  lab = await openLab({ clock: { now: () => new Date(Date.now() + ahead) } });
  casts = await castAll(lab);
});
after(() => lab[Symbol.asyncDispose]());

const castOf = (name: DoorName): Cast => {
  const cast = casts.get(name);
  if (!cast) throw new Error(`Nobody is at ${name}`);
  return cast;
};
/** The same ids with nobody's in place of those that only the first brokerage has. */
const neverOf = ({ ids, own }: OwnedIds): Ids =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, own.includes(name) ? nobodys(id) : id]));

/** What everybody is told who is not let in, whatever they ask for: a token's own letters do not count. */
const uniform = ({ status, text }: Said) => `${status} ${text.replace(TIMES, '@time').replace(/[0-9a-f]{4}\*{4}/, '@token')}`;

const callAt = (speak: Speak, contract: Contract, ids: Ids) => {
  const { method, json } = callOf(contract);
  return speak(method, pathOf(contract, ids), json);
};

/** Ids for paths of which nobody has rows. */
const NOBODYS: Ids = new Proxy({}, { get: () => 'nobodys' });

/** Lists of words and settings, in which both brokerages have the same; and what has no row at all. */
const COMMON: Readonly<Record<DoorName, RegExp>> = {
  dotloop: /^$/,
  reapit:
    /^\/(configuration|referrals\/types|contacts\/:id\/subscriptions\/:|properties\/:id\/multilingual\/:|tenancies\/:id\/extensions\/:|companies\/:id\/accreditations|webhooks\/signing)/,
  propertybase: /^$/,
  spark: /^\/(standardfields|customfields|mls\/|contacts\/tags|savedsearches\/tags|portal\/|accounts\/by|developers)/,
};

/** About no customer's data: a token of any application will do. */
const isOpen = ({ url }: Contract) => /^\/webhooks\/signing/.test(url);

/** A list that is asked for by ids of others. */
const isNone = ({ text }: Said) => /"Results":\[\]/.test(text);

/** Below what there is: no delivery has been made, and whoever is asked for has no portal account. */
const isEmpty = ({ url }: Contract) => /\/(event\/:eventId|portal)$/.test(url);

/**
 * What belongs to one agent and not to the brokerage; at Reapit, to offices and not to all of them: words and settings, an application's own
 * metadata and papers of loops are of no office.
 */
const PRIVATE: Partial<Readonly<Record<DoorName, RegExp>>> = {
  dotloop: /./,
  reapit: /^\/(?!areas|departments|offices|documents|transactions\/nominalAccounts|metadata)/,
  spark: /^\/(contacts\/:contactId|listingcarts\/:cartId|savedsearches\/:searchId|flexmls)|shared\/notes\/contacts\/:/,
};

for (const name of DOORS)
  describe(name, () => {
    const found = new Map<Contract, OwnedIds>();
    before(async () => {
      const idsOf = await ownedIds(castOf(name));
      for (const contract of castOf(name).contracts.filter(({ url }) => url.includes(':') && !COMMON[name].test(url))) {
        const ids = await idsOf(contract);
        ok(ids, `${named(contract)}: the first brokerage has nothing there`);
        found.set(contract, ids);
      }
    });
    const idsOf = (contract: Contract): Ids => found.get(contract)?.ids ?? NOBODYS;

    test('what the first brokerage has is not there for the second, and nothing of it is changed', async () => {
      const { contracts, owner, second } = castOf(name);
      const refused = new Set<Contract>();
      for (const [contract, { ids }] of found) {
        if (contract.method !== 'GET' || isEmpty(contract)) continue;
        const { status } = await callAt(owner, contract, ids);
        notEqual(status, 404, `${named(contract)}: its own brokerage`);
        // A role that may not ask is told so, whatever it asks for.
        if (status === 403) refused.add(contract);
      }
      const before = await heldBy(lab, 1);
      for (const [contract, owned] of found) {
        const { ids } = owned;
        const never = neverOf(owned);
        notEqual(pathOf(contract, never), pathOf(contract, ids), named(contract));
        const answer = await callAt(second, contract, ids);
        doesNotMatch(answer.text, WORDS.first, named(contract));
        equal(plain(answer, ids), plain(await callAt(second, contract, never), never), named(contract));
        if (contract.method === 'GET' && !isNone(answer))
          equal(answer.status, refused.has(contract) ? 403 : 404, `${named(contract)}: ${answer.text.slice(0, 200)}`);
      }
      // What is not about one record: its own, or nothing.
      for (const contract of contracts.filter(({ method, url }) => method === 'GET' && !url.includes(':')))
        doesNotMatch((await callAt(second, contract, {})).text, WORDS.first, named(contract));
      deepEqual(await heldBy(lab, 1), before);
    });

    if (PRIVATE[name])
      test('what a colleague has no part in is not there for it, and nothing of it is changed', async () => {
        const { colleague } = castOf(name);
        ok(colleague);
        const before = await heldBy(lab, 1);
        let asked = 0;
        for (const [contract, owned] of found) {
          const { ids } = owned;
          if (!PRIVATE[name]?.test(contract.url)) continue;
          asked++;
          const answer = await callAt(colleague, contract, ids);
          const refused = answer.status === 403 || answer.status === 404 || contract.method !== 'GET';
          ok(refused, `${named(contract)}: ${answer.status} ${answer.text.slice(0, 200)}`);
          doesNotMatch(answer.text, WORDS.first, named(contract));
          const never = neverOf(owned);
          if (answer.status !== 403)
            equal(plain(answer, ids), plain(await callAt(colleague, contract, never), never), named(contract));
        }
        ok(asked > 15, `${asked} operations`);
        deepEqual(await heldBy(lab, 1), before);
      });

    test('credentials that have ended are as good as none, at every operation', async () => {
      const { contracts, nobody, ended, elsewhere } = castOf(name);
      const before = await heldBy(lab, 1);
      for (const contract of contracts) {
        const ids = idsOf(contract);
        const unknown = uniform(await callAt(nobody, contract, ids));
        equal(unknown.slice(0, 3), '401', named(contract));
        for (const [who, speak] of Object.entries(ended))
          equal(uniform(await callAt(speak, contract, ids)), unknown, `${named(contract)} with ${who}`);
        for (const [who, speak] of Object.entries(elsewhere)) {
          const { status, text } = await callAt(speak, contract, ids);
          if (!isOpen(contract)) equal(status, 401, `${named(contract)} of ${who}: ${text}`);
          doesNotMatch(text, WORDS.first);
        }
      }
      deepEqual(await heldBy(lab, 1), before);
    });
  });

test('a day later everybody has to come again, at every operation', async () => {
  for (const name of DOORS)
    for (const [who, speak] of Object.entries(castOf(name).mortal)) {
      const contract = castOf(name).contracts.find(({ method, url }) => method === 'GET' && !url.includes(':'));
      ok(contract);
      notEqual((await callAt(speak, contract, {})).status, 401, `${name} with ${who}`);
    }
  ahead += 25 * 3_600_000;
  const before = await heldBy(lab, 1);
  for (const name of DOORS)
    for (const contract of castOf(name).contracts)
      for (const [who, speak] of Object.entries(castOf(name).mortal)) {
        const { status, text } = await callAt(speak, contract, NOBODYS);
        equal(status, 401, `${named(contract)} with ${who}: ${text}`);
        doesNotMatch(text, WORDS.first);
      }
  deepEqual(await heldBy(lab, 1), before);
});
