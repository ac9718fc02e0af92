import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TObject, TSchema } from 'typebox';
import { type Breach, Fault, invalid } from '../kernel/fault.ts';
import { type Answer, sendAnswer } from './answer.ts';
import { bodyBytes } from './collect-body.ts';
import type { Contract, Method } from './contract.ts';
import { type BodyRules, readBody, readObject } from './read-body.ts';
import { readParams } from './read-params.ts';
import { readQuery } from './read-query.ts';
import { step } from './schema-node.ts';

/** Everything a route may look at. `request` is for what no contract describes: Accept, an upload's stream. */
export type Call<Caller, P = unknown, Q = unknown, B = unknown> = {
  readonly caller: Caller;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly request: FastifyRequest;
};

/** What a call aims at. Of the query there are the members that are not at fault themselves. */
export type Target<Caller, P, Q = unknown> = { readonly caller: Caller; readonly params: P; readonly query: Partial<Q> };

export type Route<Caller> = {
  readonly contract: Contract;
  /** throws what is unknown or not permitted; asked only when body or query are at fault, so a good request pays nothing for it */
  readonly target?: (call: Target<Caller, never, never>) => Promise<unknown>;
  /** throws the faults of body and query that no schema can say */
  readonly check?: (input: { readonly query: never; readonly body: never }) => void;
  readonly handle: (call: Call<Caller, never, never, never>) => Promise<Answer>;
  /** the domain's names of members, in the words of this wire, for breaches that the domain finds */
  readonly words?: Readonly<Record<string, string>>;
};

/** Ties the parts of a route to the types of its contract. */
export function route<Caller>() {
  return <P extends TObject, Q extends TObject, B extends TSchema>(
    contract: Contract<P, Q, B>,
    parts: {
      readonly target?: (call: Target<Caller, Static<P>, Static<Q>>) => Promise<unknown>;
      readonly check?: (input: { readonly query: Static<Q>; readonly body: Static<B> }) => void;
      readonly handle: (call: Call<Caller, Static<P>, Static<Q>, Static<B>>) => Promise<Answer>;
      readonly words?: Readonly<Record<string, string>>;
    },
  ): Route<Caller> => ({ contract: contract as unknown as Contract, ...parts }) as Route<Caller>;
}

/** What differs from door to door. */
export type MountRules<Caller> = {
  /** who calls: token, rate limit and scope, in this order, each refusing with its fault */
  admit(request: FastifyRequest, reply: FastifyReply, contract: Contract): Promise<Caller>;
  readonly body: Readonly<Record<Method, BodyRules>>;
};

/** The domain's names of members in a fault become those of the wire. */
export function inWireWords(error: unknown, words: Readonly<Record<string, string>> | undefined): unknown {
  if (!words || !(error instanceof Fault) || error.breaches.length === 0) return error;
  const rename = (path: string) => {
    const last = path.lastIndexOf('/') + 1;
    return path.slice(0, last) + step(words[path.slice(last)] ?? path.slice(last));
  };
  const breaches = error.breaches.map((breach) => (breach.at === undefined ? breach : { ...breach, at: rename(breach.at) }));
  const { reason, retryAfterSeconds } = error;
  return new Fault(error.kind, error.message, {
    breaches,
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    cause: error,
  });
}

type Input = { readonly query: Record<string, unknown>; readonly body: unknown; readonly breaches: readonly Breach[] };

/** The breaches of a fault; what is no refusal of the input goes on up. */
function breachesIn(work: () => void): readonly Breach[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof Fault && error.kind === 'invalid') return error.breaches;
    throw error;
  }
}

function readInput<Caller>({ contract, check }: Route<Caller>, request: FastifyRequest, rules: BodyRules): Input {
  const query = readQuery(contract.query, request.query);
  let body: unknown;
  let told: readonly Breach[] = [];
  const schema = contract.body;
  const unread = schema
    ? breachesIn(() => {
        const read = readBody(schema, readObject(bodyBytes(request)), rules);
        body = read.value;
        told = read.breaches;
      })
    : [];
  const found = [...query.breaches, ...told, ...unread];
  const checked =
    check && found.length === 0 ? breachesIn(() => check({ query: query.value as never, body: body as never })) : [];
  return { query: query.value, body, breaches: [...found, ...checked] };
}

const withoutFaulty = ({ query, breaches }: Input) =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !breaches.some((b) => b.in === 'query' && b.at === name)));

/**
 * Puts routes into a room. Order of checks: who calls (the door's `admit`), malformed id, unknown or not permitted, query and body,
 * state (contracts/dotloop.md §1.3). That a path is the same with and without a trailing slash is the server's setting
 * (`ignoreTrailingSlash`, src/app.ts).
 */
export function mount<Caller>(room: FastifyInstance, routes: readonly Route<Caller>[], rules: MountRules<Caller>): void {
  const admitted = new WeakMap<FastifyRequest, { caller: Caller; params: never }>();
  for (const route of routes) {
    const { contract, target, handle, words } = route;
    const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
      const caller = await rules.admit(request, reply, contract);
      admitted.set(request, { caller, params: readParams(contract.params, request.params) as never });
    };
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const known = admitted.get(request);
      if (!known) throw new Error(`${contract.operationId} was called without its admission`);
      const input = readInput(route, request, rules.body[contract.method]);
      try {
        if (input.breaches.length > 0) {
          await target?.({ ...known, query: withoutFaulty(input) as never });
          throw invalid(input.breaches);
        }
        const { query, body } = input as { query: unknown; body: unknown } as { query: never; body: never };
        return sendAnswer(reply, await handle({ ...known, query, body, request }));
      } catch (error) {
        throw inWireWords(error, words);
      }
    };
    room.route({
      method: contract.method,
      url: contract.url,
      onRequest,
      handler,
      exposeHeadRoute: contract.method === 'GET',
      config: { operationId: contract.operationId },
    });
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** the operation of a door's contract, for the log */
    operationId?: string;
  }
}
