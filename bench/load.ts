/** One round of load, in a process of its own; the plan comes in the environment, the figures go out as JSON. */
import autocannon from 'autocannon';
import type { Case } from './cases.ts';

export type LoadPlan = {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
  readonly asked: Case;
};
export type Load = { readonly perSecond: number; readonly p99: number; readonly failed: number };

const { url, token, connections, seconds, asked } = JSON.parse(process.env.LOAD_PLAN ?? '') as LoadPlan;
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  headers: { authorization: `Bearer ${token}`, ...(asked.body ? { 'content-type': 'application/json' } : {}) },
  requests: asked.paths.map((path) => ({ method: asked.method, path, ...(asked.body ? { body: asked.body } : {}) })),
});
const load: Load = {
  perSecond: Math.round(result['2xx'] / result.duration),
  p99: result.latency.p99,
  failed: result.non2xx + result.errors,
};
console.log(JSON.stringify(load));
