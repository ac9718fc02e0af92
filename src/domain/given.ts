import type { Db } from '../db/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Files } from '../kernel/files.ts';
import type { MintResoKey } from '../kernel/reso-key.ts';
import type { Secrets } from '../kernel/secrets.ts';

/** Ids, codes, keys and times that seeds and imports bring along; every other caller leaves this out (domain-people §1.1). */
export type Given = {
  readonly id?: number;
  readonly code?: string;
  readonly resoKey?: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
};

/** What the domain needs from outside. */
export type Ports = {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: Files;
  readonly secrets: Secrets;
  readonly mintResoKey: MintResoKey;
};
