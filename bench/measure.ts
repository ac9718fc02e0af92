import { deepEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Case, DoorName } from './cases.ts';
import type { Load, LoadPlan } from './load.ts';
import { type Program, runProgram } from './programs.ts';

export const SERVERS = ['portico', 'bare', 'statement'] as const;
export type Server = (typeof SERVERS)[number];
export type Servers = Readonly<Record<Server, Program>>;
export type Figures = Readonly<Record<Server, { readonly perSecond: number; readonly p99: number }>>;
export type Result = {
  readonly name: string;
  readonly title: string;
  readonly target: number;
  readonly figures: Figures;
  /** Portico to the bare server with the same statements; the median of the rounds' ratios */
  readonly ratio: number;
  /** Portico to the bare server that sends nothing but the one statement */
  readonly ratioToStatement: number;
};

export const ROUNDS = 1;
export const SECONDS = 1;
export const CONNECTIONS = 20;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** What each door's cases send to say who calls. */
export type Credentials = Readonly<Record<DoorName, Readonly<Record<string, string>>>>;

const headersOf = ({ door = 'dotloop' }: Case, credentials: Credentials) => credentials[door];

async function bodyOf({ url }: Program, asked: Case, credentials: Credentials): Promise<string> {
  const { method, paths } = asked;
  const answer = await fetch(url + paths[0], {
    method,
    headers: { ...headersOf(asked, credentials), 'content-type': 'application/json' },
    ...(asked.body ? { body: asked.body.replaceAll('[<id>]', randomUUID()) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}${paths[0]}: ${answer.status} ${text}`);
  // What is made anew each time differs: ids, times and what the request itself made new.
  if (method === 'GET') return text;
  return text
    .replace(/"(id|[a-z]+_id)":\d+/g, '"$1":0')
    .replace(/"(created|updated|[a-z]+_at|last_active)":"[^"]+"/g, '"$1":""')
    .replace(/lead-[\w-]+@/g, 'lead@');
}

/** The comparison means something only while all answer the same bytes. What asks for a tag answers none. */
export async function compareBodies(servers: Servers, asked: Case, credentials: Credentials): Promise<void> {
  if (asked.tagged) return;
  const mine = await bodyOf(servers.portico, asked, credentials);
  for (const name of ['bare', 'statement'] as const)
    deepEqual(await bodyOf(servers[name], asked, credentials), mine, `${asked.title}: ${name} answers other bytes`);
}

async function loadOnce(name: Server, program: Program, asked: Case, seconds: number, credentials: Credentials): Promise<Load> {
  const headers = headersOf(asked, credentials);
  const plan: LoadPlan = { url: program.url, headers, connections: CONNECTIONS, seconds, asked, tags: name === 'portico' };
  const load = JSON.parse(await runProgram('bench/load.ts', { LOAD_PLAN: JSON.stringify(plan) })) as Load;
  if (load.failed > 0) throw new Error(`${asked.title}: ${load.failed} answers were wrong`);
  return load;
}

/** Rounds in turn, so that what else goes on in the machine meets all of them; medians. */
export async function measure(servers: Servers, asked: Case, credentials: Credentials): Promise<Result> {
  await compareBodies(servers, asked, credentials);
  for (const name of SERVERS) await loadOnce(name, servers[name], asked, 1, credentials);
  const rounds: Record<Server, Load>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const loads: Partial<Record<Server, Load>> = {};
    for (const name of SERVERS) loads[name] = await loadOnce(name, servers[name], asked, SECONDS, credentials);
    rounds.push(loads as Record<Server, Load>);
  }
  const figure = (name: Server) => ({
    perSecond: median(rounds.map((round) => round[name].perSecond)),
    p99: median(rounds.map((round) => round[name].p99)),
  });
  const ratioTo = (name: Server) => {
    const ratio = median(rounds.map((round) => round.portico.perSecond / round[name].perSecond));
    return Math.round(ratio * 100) / 100;
  };
  return {
    name: asked.name,
    title: asked.title,
    target: asked.target,
    figures: { portico: figure('portico'), bare: figure('bare'), statement: figure('statement') },
    ratio: ratioTo('bare'),
    ratioToStatement: ratioTo('statement'),
  };
}
