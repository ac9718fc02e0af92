import { deepEqual, equal } from 'node:assert/strict';
import type { ReapitHouse } from './house.ts';

export type Json = Record<string, unknown>;

/** The members that a 422 names, in order. */
export const wrongIn = (body: unknown) => ((body as Json).errors as Json[]).map(({ field }) => field).sort();

/** Records as an integration handles them; each step fails the test when the door answers otherwise. */
export function recordsAt(house: () => ReapitHouse) {
  async function get(path: string): Promise<Json> {
    const answer = await house().call(path);
    equal(answer.status, 200, answer.text);
    return answer.body as Json;
  }
  const tagOf = async (path: string) => (await house().call(path)).headers.get('etag') ?? '';
  return {
    get,
    tagOf,
    rows: async (path: string) => (await get(path))._embedded as Json[],
    /** Its path below the door. */
    async make(path: string, json: unknown): Promise<string> {
      const made = await house().call(path, { json });
      equal(made.status, 201, made.text);
      return new URL(made.headers.get('location') ?? '').pathname.replace('/reapit', '');
    },
    async change(path: string, json: unknown, status = 204): Promise<Json> {
      const answer = await house().call(path, { method: 'PATCH', json, headers: { 'if-match': await tagOf(path) } });
      equal(answer.status, status, answer.text);
      return answer.body as Json;
    },
    async refused(path: string, json: unknown, ...fields: string[]): Promise<void> {
      const answer = await house().call(path, { json });
      equal(answer.status, 422, answer.text);
      deepEqual(wrongIn(answer.body), fields.sort());
    },
  };
}
