import { deepEqual } from 'node:assert/strict';
import type { Case } from './cases.ts';
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

export const ROUNDS = 3;
export const SECONDS = 3;
export const CONNECTIONS = 20;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Whose token each door's cases send. */
export type Tokens = Readonly<Record<'dotloop' | 'spark', string>>;

async function bodyOf({ url }: Program, { method, paths, body, door = 'dotloop' }: Case, tokens: Tokens): Promise<string> {
  const answer = await fetch(url + paths[0], {
    method,
    headers: { authorization: `Bearer ${tokens[door]}`, 'content-type': 'application/json' },
    ...(body ? { body } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}${paths[0]}: ${answer.status} ${text}`);
  // What is made anew each time differs: ids and times. Their lengths do not.
  return method === 'GET' ? text : text.replace(/"id":\d+/, '"id":0').replace(/"(created|updated)":"[^"]+"/g, '"$1":""');
}

/** The comparison means something only while all answer the same bytes. */
export async function compareBodies(servers: Servers, asked: Case, tokens: Tokens): Promise<void> {
  const mine = await bodyOf(servers.portico, asked, tokens);
  for (const name of ['bare', 'statement'] as const)
    deepEqual(await bodyOf(servers[name], asked, tokens), mine, `${asked.title}: ${name} answers other bytes`);
}

async function loadOnce(program: Program, asked: Case, seconds: number, tokens: Tokens): Promise<Load> {
  const token = tokens[asked.door ?? 'dotloop'];
  const plan: LoadPlan = { url: program.url, token, connections: CONNECTIONS, seconds, asked };
  const load = JSON.parse(await runProgram('bench/load.ts', { LOAD_PLAN: JSON.stringify(plan) })) as Load;
  if (load.failed > 0) throw new Error(`${asked.title}: ${load.failed} answers were wrong`);
  return load;
}

/** Rounds in turn, so that what else goes on in the machine meets all of them; medians. */
export async function measure(servers: Servers, asked: Case, tokens: Tokens): Promise<Result> {
  await compareBodies(servers, asked, tokens);
  for (const name of SERVERS) await loadOnce(servers[name], asked, 1, tokens);
  const rounds: Record<Server, Load>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const loads: Partial<Record<Server, Load>> = {};
    for (const name of SERVERS) loads[name] = await loadOnce(servers[name], asked, SECONDS, tokens);
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
