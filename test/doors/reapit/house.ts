import { systemActor } from '../../../src/access/actor.ts';
import type { ReapitAdmission } from '../../../src/domain/index.ts';
import { groupNames, groupOf } from '../../../src/doors/reapit/contract/data.ts';
import { reapit } from '../../../src/doors/reapit/plugin.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { openDoor } from '../../../src/testing/door.ts';
import { type Answer, type Lab, openLab } from '../../../src/testing/lab.ts';
import { type CallLimits, memoryGate } from '../../../src/wire/call-gate.ts';

/** Every scope that the contract names. */
export const SCOPES: ReadonlySet<string> = new Set(
  groupNames().flatMap((name) => Object.values(groupOf(name).scopes).filter((scope) => scope !== undefined)),
);

export type ReapitCall = {
  method?: string;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
  /** sbox (every scope), demo (the second brokerage), other (another application), none (no scope), oxf (the group of one office), any other: no such token */
  token?: string | null;
};
export type ReapitHouse = {
  readonly lab: Lab;
  readonly base: string;
  call(path: string, call?: ReapitCall): Promise<Answer>;
  /** a GET of `sbox` without a socket, for tests that make thousands of them */
  inject(path: string): Promise<Pick<Answer, 'status' | 'body' | 'text'>>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The door alone on the sandbox world, with tokens that say who calls. */
export async function openReapit(limits: Partial<CallLimits> = {}, clock = systemClock): Promise<ReapitHouse> {
  const lab = await openLab();
  const { ports, domain } = lab.house.stores;
  const who = (
    orgId: number,
    scopes: ReadonlySet<string>,
    officeIds: readonly number[] | null = null,
    clientId = 'portico-sandbox',
  ): ReapitAdmission => ({
    kind: 'ok',
    who: {
      actor: {
        ...systemActor(orgId, 'reapit'),
        kind: 'client',
        clientId,
        name: 'Sandbox',
        scopes,
        ...(officeIds ? { officeIds } : {}),
      },
      clientId,
      scopes,
      officeIds,
      extrasFields: ['pDirections'],
    },
  });
  const tokens = new Map<string, ReapitAdmission>([
    ['sbox', who(1, SCOPES)],
    ['demo', who(2, SCOPES)],
    ['other', who(1, SCOPES, null, 'other-application')],
    ['none', who(1, new Set())],
    ['contacts', who(1, new Set(['agencyCloud/contacts.read']))],
    ['oxf', who(1, SCOPES, [11])],
    ['uninstalled', { kind: 'not_installed', clientId: 'portico-sandbox' }],
    ['headless', { kind: 'customer_missing', clientId: 'portico-sandbox' }],
  ]);
  await lab.rows(
    `insert into client_app (client_id, door, name, org_id)
     select 'other-application', door, 'Other', org_id from client_app where client_id = 'portico-sandbox'`,
  );
  const app = await openDoor(reapit, '/reapit', {
    domain,
    files: ports.files,
    clock,
    authenticateReapit: async (token) => tokens.get(token) ?? { kind: 'unauthenticated' },
    callGate: memoryGate(clock, { perSecond: null, inFlight: null, perDay: null, ...limits }),
  });
  const base = `${await app.listen({ host: '127.0.0.1', port: 0 })}/reapit`;
  return {
    lab,
    base,
    async call(path, { method, json, text, headers = {}, token = 'sbox' } = {}) {
      const body = json === undefined ? text : JSON.stringify(json);
      const response = await fetch(base + path, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      });
      const answer = await response.text();
      const parsed = /json/.test(response.headers.get('content-type') ?? '') && answer ? JSON.parse(answer) : answer;
      return { status: response.status, headers: response.headers, text: answer, body: parsed };
    },
    async inject(path) {
      const { statusCode, body } = await app.inject({ url: `/reapit${path}`, headers: { authorization: 'Bearer sbox' } });
      return { status: statusCode, text: body, body: body.startsWith('{') || body.startsWith('[') ? JSON.parse(body) : body };
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await lab[Symbol.asyncDispose]();
    },
  };
}
