import { setTimeout as wait } from 'node:timers/promises';
import { SANDBOX } from '../sandbox/index.ts';
import type { Case, CaseRequest, Exchange } from './cases.ts';
import type { Answer, Lab } from './lab.ts';
import { differences, fill, fitsText, valueAt } from './match.ts';

export type { Case, Exchange } from './cases.ts';
export { isAlone, loadCases } from './cases.ts';

/**
 * Somebody in a browser of their own signs in, allows what the path asks, and answers where they are sent. A path of `/app` is called as
 * the pages call it, with a body if there is one.
 */
export type Browse = (address: string, email: string, path: string, json?: unknown) => Promise<Response>;

const baseOf = (path: string) => {
  if (/^(https?:|\/public\/v2)/.test(path)) return '';
  return path.startsWith('/oauth') ? '/dotloop' : '/dotloop/public/v2';
};

/** Somebody's browser, or for a path under the door's root (`~/openid`) an unsigned call; everything else is signed. */
async function sendSpark(lab: Lab, request: CaseRequest, browse: Browse): Promise<Answer> {
  const { path, method = 'GET', as, token, headers = {}, json, text, person } = request;
  const atRoot = path.startsWith('~');
  const more = {
    method,
    headers: { ...headers },
    ...(json === undefined ? {} : { json }),
    ...(text === undefined ? {} : { body: text }),
  };
  if (person !== undefined) return visit(lab, person, path.replace('~', '/spark'), browse);
  if (atRoot) return lab.call(path.replace('~', '/spark'), { ...more, token: token ?? null });
  return lab.spark(path, { ...more, ...(as === undefined ? {} : { as }), ...(token ? { bearer: token } : {}) });
}

async function visit(lab: Lab, person: string, path: string, browse: Browse, json?: unknown): Promise<Answer> {
  const response = await browse(lab.url, person, path, json);
  const text = await response.text();
  const parsed = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, text, body: parsed };
}

async function send(lab: Lab, request: CaseRequest, browse: Browse): Promise<Answer> {
  const { path, method = 'GET', token, headers = {}, json, text, person } = request;
  const whole = baseOf(path) + path;
  if (person !== undefined) return visit(lab, person, whole, browse);
  return lab.call(whole, {
    method,
    token: token === undefined && !path.startsWith('/oauth') ? SANDBOX.dotloop.accessToken : (token ?? null),
    headers: { ...headers },
    ...(json === undefined ? {} : { json }),
    ...(text === undefined ? {} : { body: text }),
  });
}

function headerProblems(expected: Readonly<Record<string, string | null>>, actual: Headers): string[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const found = actual.get(name);
    if (wanted === null || found === null) return wanted === found ? [] : [`header ${name}: ${wanted} expected, not ${found}`];
    return fitsText(wanted, found) ? [] : [`header ${name}: ${wanted} expected, not ${found}`];
  });
}

function problemsOf({ answer, printed = [] }: Exchange, actual: Answer): string[] {
  const { status, headers = {}, body } = answer;
  const json = typeof body === 'object' && body !== null;
  return [
    ...(actual.status === status ? [] : [`status ${status} expected, not ${actual.status}: ${actual.text.slice(0, 300)}`]),
    ...headerProblems({ ...(json ? { 'content-type': 'application/json; charset=utf-8' } : {}), ...headers }, actual.headers),
    ...differences(body, actual.body),
    ...printed.filter((place) => valueAt(actual.body, place) === undefined).map((place) => `printed ${place} is missing`),
  ];
}

function captureFrom(actual: Answer, place: string): unknown {
  const [, header, parameter, last] = /^(location|etag)(?:\?(\w+)|(\/))?$/.exec(place) ?? [];
  // an address without its query
  if (!header && place.endsWith('?')) return String(valueAt(actual.body, place.slice(0, -1))).replace(/\?.*$/s, '');
  if (!header) return valueAt(actual.body, place);
  const found = actual.headers.get(header) ?? '';
  if (last) return found.slice(found.lastIndexOf('/') + 1);
  return parameter ? new URL(found, 'http://x').searchParams.get(parameter) : found;
}

type Send = (request: CaseRequest) => Promise<Answer>;

/** How long a call is made again that waits for a job, and how often. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** One call, or, where its answer comes by and by, as many as it takes. */
async function exchange(step: Exchange, captured: ReadonlyMap<string, unknown>, call: Send) {
  const request = fill(step.request, captured);
  const expected = { ...step, answer: fill(step.answer, captured) };
  const until = Date.now() + (step.eventually ? PATIENCE_MS : 0);
  for (;;) {
    const actual = await call(request);
    const problems = problemsOf(expected, actual);
    if (problems.length === 0 || Date.now() >= until) return { actual, problems };
    await wait(PAUSE_MS);
  }
}

/** Values that steps may name, besides those they capture. */
type Facts = Readonly<Record<string, string>>;

/** Plays the steps of a case one after the other. Answers what was not as it is written, one line a difference. */
export const runCase = (lab: Lab, one: Case, browse: Browse, facts: Facts = {}): Promise<string[]> =>
  play(lab, one, (request) => send(lab, request, browse), facts);

/** The same at the Spark door, where requests are signed. */
export const runSparkCase = (lab: Lab, one: Case, browse: Browse): Promise<string[]> =>
  play(lab, one, (request) => sendSpark(lab, request, browse));

/** A path of the platform, of Connect beside it, or a whole address of elsewhere; `Location` is followed as it came. */
async function sendReapit(lab: Lab, request: CaseRequest, browse: Browse): Promise<Answer> {
  const { path, method = 'GET', token, customer, headers = {}, json, text, person } = request;
  if (person !== undefined) return visit(lab, person, path, browse, json);
  const call = {
    method,
    headers: { ...headers },
    ...(json === undefined ? {} : { json }),
    ...(text === undefined ? {} : { body: text }),
  };
  if (path.startsWith('/connect')) return lab.call(path, { ...call, token: token ?? null });
  const base = `${lab.url}/reapit`;
  if (/^https?:/.test(path) && !path.startsWith(base)) return lab.call(path, { ...call, token: token ?? null });
  return lab.reapit(path.startsWith(base) ? path.slice(base.length) : path, {
    ...call,
    ...(token === undefined ? {} : { token }),
    ...(customer === undefined ? {} : { customer }),
  });
}

/** The same at the Reapit door. */
export const runReapitCase = (lab: Lab, one: Case, browse: Browse, facts: Facts = {}): Promise<string[]> =>
  play(lab, one, (request) => sendReapit(lab, request, browse), facts);

/** The same at the Propertybase door, with the sandbox's key unless told otherwise. */
export const runSiteCase = (lab: Lab, one: Case): Promise<string[]> =>
  play(lab, one, ({ path, method = 'GET', token, headers = {}, json, text }) =>
    lab.call(path.startsWith('/api/') ? path : `/propertybase/api/v2${path}`, {
      method,
      headers: { ...(token === null ? {} : { 'x-bl-api-key': token ?? SANDBOX.propertybase.key }), ...headers },
      ...(json === undefined ? {} : { json }),
      ...(text === undefined ? {} : { body: text }),
    }),
  );

async function play(lab: Lab, { steps }: Case, call: Send, facts: Facts = {}): Promise<string[]> {
  const captured = new Map<string, unknown>([['publicUrl', lab.url], ...Object.entries(facts)]);
  for (const [number, step] of steps.entries())
    for (let time = 1; time <= (step.times ?? 1); time++) {
      const { actual, problems } = await exchange(step, captured, call);
      if (problems.length > 0) {
        const { method = 'GET', path } = step.request;
        const line = `step ${number + 1}, ${method} ${path}`;
        return problems.map((problem) => `${line}: ${problem}`);
      }
      for (const [name, place] of Object.entries(step.capture ?? {})) captured.set(name, captureFrom(actual, place));
    }
  return [];
}
