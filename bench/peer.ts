import type { EmbeddedServer } from '../src/db/embedded/index.ts';
import type { Credentials, Headers, Seen } from './bodies.ts';
import type { Case, Requests, Tagged } from './cases.ts';
import type { World } from './world.ts';

/** What a peer is asked where Portico is asked a case. */
export type Counterpart = {
  readonly url: string;
  readonly headers: Headers;
  readonly asked: Requests;
  seen(answer: unknown): Seen;
};

export type StartedPeer = {
  /** by name of the case */
  readonly counterparts: ReadonlyMap<string, Counterpart>;
  /** Ends its programs and takes away what it had in the database. */
  stop(): Promise<void>;
};
/** `title` with its version */
export type Peer = StartedPeer & { readonly title: string };

/** What a peer may need to know of the run. */
export type Surroundings = {
  /** for files of its own; removed at the end */
  readonly folder: string;
  readonly connection: EmbeddedServer['connection'];
  readonly poolSize: number;
  readonly porticoUrl: string;
  readonly world: World;
  readonly loops: readonly number[];
  readonly contacts: readonly Tagged[];
  /** contacts of which each connection writes one */
  readonly written: readonly Tagged[];
  readonly cases: readonly Case[];
  readonly credentials: Credentials;
};
