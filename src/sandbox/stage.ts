import type { Actor } from '../access/actor.ts';
import { inside, type Tx } from '../db/index.ts';
import { buildDomain, type Codes, type Domain, type Ports, storyCodes } from '../domain/index.ts';
import type { Files, ReceivedFile } from '../kernel/files.ts';
import { type MintResoKey, makeResoKeys } from '../kernel/reso-key.ts';
import { type PaperName, paperFiles } from './papers.ts';

/** Ids that no document prints begin here (domain-people §4.1). */
const FIRST_ID = 10_000_001;

/** One organisation's part of the story: a domain whose clock the story moves, and the acts that are still to be played. */
export type Stage = {
  readonly orgId: number;
  readonly tx: Tx;
  readonly domain: Domain;
  readonly codes: Codes;
  readonly mintResoKey: MintResoKey;
  readonly files: Files;
  /** the day on which the story is told: all that depends on it is when open houses are held */
  readonly told: Date;
  readonly papers: Readonly<Record<PaperName, ReceivedFile>>;
  /** blobs of the papers that were kept already */
  readonly blobs: Map<PaperName, number>;
  /** Something that happens at that moment. Acts are played in the order of their times; equal times keep the order of their calls. */
  at(time: string | Date, act: () => Promise<unknown>): void;
  /** the next id of a noun that no document prints */
  nextId(noun: string): number;
  /** Plays all acts. `step` is told after each. */
  play(step: () => void): Promise<void>;
  readonly length: number;
};

/** A minter counts within the moment it was last asked for; the story comes back to moments, so each has one of its own. */
function keysOfMoments(): MintResoKey {
  const moments = new Map<number, MintResoKey>();
  return (at) => {
    const minter = moments.get(at.getTime()) ?? makeResoKeys();
    moments.set(at.getTime(), minter);
    return minter(at);
  };
}

export type StageOptions = { readonly orgId: number; readonly offices: ReadonlyMap<number | null, string> };

/** Every service works in the one transaction of the story; ids, codes, keys and times depend on nothing but the story. */
export function openStage(ports: Ports, tx: Tx, { orgId, offices }: StageOptions): Stage {
  let now = new Date(0);
  const clock = { now: () => now };
  const ids = new Map<string, number>();
  const nextId = (noun: string) => {
    const id = ids.get(noun) ?? FIRST_ID;
    ids.set(noun, id + 1);
    return id;
  };
  const codes = storyCodes(offices, nextId);
  const mintResoKey = keysOfMoments();
  const domain = buildDomain({ ...ports, db: inside(tx), clock, mintResoKey }, codes);
  const acts: { at: Date; act: () => Promise<unknown> }[] = [];
  return {
    orgId,
    tx,
    domain,
    codes,
    mintResoKey,
    files: ports.files,
    told: ports.clock.now(),
    blobs: new Map(),
    papers: paperFiles(ports.files, orgId),
    at: (time, act) => void acts.push({ at: new Date(time), act }),
    nextId,
    async play(step) {
      for (const { at, act } of acts.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
        now = at;
        await act();
        step();
      }
    },
    get length() {
      return acts.length;
    },
  };
}

/** A person of the story, as whom things are done. */
export type Person = {
  readonly memberId: number;
  readonly userId: number;
  readonly name: string;
  readonly officeId: number;
  readonly administrator?: boolean;
};

/** The person, signed in at Portico's own pages. */
export const actorOf = (orgId: number, person: Person): Actor => ({
  orgId,
  kind: 'user',
  id: person.userId,
  name: person.name,
  door: 'portico',
  clientId: null,
  memberId: person.memberId,
  officeId: person.officeId,
  administrator: person.administrator ?? false,
  scopes: new Set(),
});

const MINUTE = 60_000;
/** So many days and minutes later. */
export const later = (time: string | Date, days: number, minutes = 0) =>
  new Date(new Date(time).getTime() + (days * 24 * 60 + minutes) * MINUTE);
