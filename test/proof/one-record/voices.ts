import { equal } from 'node:assert/strict';
import type { Method } from '../../../src/wire/contract.ts';
import type { Cast, DoorName } from '../strangers.ts';

export type Json = Readonly<Record<string, unknown>>;
/** One call at a door, without the door's envelope; what is refused fails the test. */
type Voice<T> = (method: Method, path: string, json?: Json) => Promise<T>;

export type Voices = {
  /** the record, or the list */
  readonly dotloop: <T = Json>(method: Method, path: string, json?: Json) => Promise<T>;
  /** the record; of a new one its id; changes show the record's tag */
  readonly reapit: Voice<Json>;
  readonly site: <T = Json>(method: Method, path: string, json?: Json) => Promise<T>;
  /** the rows */
  readonly spark: Voice<readonly Json[]>;
};

/** Everybody of the first brokerage with every right, door by door. */
export function voicesOf(casts: ReadonlyMap<DoorName, Cast>): Voices {
  const ask = async (door: DoorName, ...call: Parameters<Cast['owner']>) => {
    const answer = await casts.get(door)?.owner(...call);
    equal(Math.floor((answer?.status ?? 0) / 100), 2, `${call[0]} ${call[1]} at ${door}: ${answer?.status} ${answer?.text}`);
    return { location: answer?.location, etag: answer?.etag, body: answer?.text ? JSON.parse(answer.text) : {} };
  };
  return {
    dotloop: async (method, path, json) => (await ask('dotloop', method, path, json)).body.data,
    async reapit(method, path, json) {
      const tag = method === 'PATCH' || method === 'PUT' ? (await ask('reapit', 'GET', path)).etag : undefined;
      const { body, location } = await ask('reapit', method, path, json, tag ? { 'if-match': tag } : {});
      return location ? { id: location.split('/').at(-1) } : body;
    },
    site: async (method, path, json) => (await ask('propertybase', method, path, json)).body.data,
    spark: async (method, path, json) => (await ask('spark', method, path, json && { D: json })).body.D?.Results ?? [],
  };
}
