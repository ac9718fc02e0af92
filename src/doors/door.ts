import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Door as DoorName } from '../access/actor.ts';
import type { AuthenticateReapit, Domain, SearchReader } from '../domain/index.ts';
import type { FetchFile } from '../kernel/fetch-file.ts';
import type { Files } from '../kernel/files.ts';
import type { CallGate } from '../wire/call-gate.ts';
import type { Contract } from '../wire/contract.ts';
import type { Limiter } from '../wire/limits.ts';

/** Whose token it is; an expired one is told apart, because clients refresh on it. */
export type Bearer =
  | { readonly kind: 'ok'; readonly actor: Actor; readonly scopes: Iterable<string>; readonly clientId: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' };

/** What the house hands to each door. */
export type House = {
  readonly domain: Domain;
  /** without a slash at its end */
  readonly publicUrl: string;
  readonly files: Pick<Files, 'receive'>;
  /** reads files from addresses that callers name */
  readonly fetchFile: FetchFile;
  readonly limiter: Limiter;
  readonly authenticate: (accessToken: string) => Promise<Bearer>;
  /** the limits of the Reapit door */
  readonly callGate: CallGate;
  readonly authenticateReapit: AuthenticateReapit;
  /** calls of an application that count, for its bill */
  readonly countReapitCalls?: (calls: { orgId: number; clientId: string; resource: string; calls: number }) => void;
  /** reads searches that were written in Spark's language, for doors that have none */
  readonly readText: SearchReader;
  readonly settings: DoorSettings;
};

export type DoorSettings = {
  /** calls a minute for each pair of application and user; absent: the vendor's figure; null: no limit */
  readonly callsPerMinute?: number | null;
  /** bytes of one uploaded file; absent: the vendor's figure */
  readonly uploadLimit?: number;
  /** calls in five minutes for each Spark key; absent: the vendor's figures by role; null: no limit */
  readonly sparkCalls?: number | null;
  /** what may come without https: everything (loopback), signed requests only, or nothing */
  readonly plainHttp?: 'all' | 'signed' | 'none';
};

/** A front door: a plugin in a room of its own, under the prefix that the composition root gives it. */
export type Door = {
  readonly name: DoorName;
  readonly title: string;
  readonly contracts: readonly Contract[];
  /** Registers everything of the door; the room has its prefix already and is nobody else's. */
  mount(room: FastifyInstance, house: House): Promise<void>;
  /** Answers a path that cannot even be decoded; the server asks, because no room is entered with it. */
  unreadablePath(request: FastifyRequest, reply: FastifyReply, settings: DoorSettings): FastifyReply;
  /** The OpenAPI document, with servers at this address. */
  openapi(publicUrl: string): unknown;
};
