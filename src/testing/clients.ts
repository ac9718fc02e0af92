import { SANDBOX } from '../sandbox/index.ts';
import { type SparkCall, signedPath, sparkSessions } from './spark-client.ts';

/** An answer as a client sees it: the body is parsed where it is JSON. */
export type Answer = { status: number; headers: Headers; body: unknown; text: string };

export type Call = {
  method?: string;
  token?: string | null;
  json?: unknown;
  body?: NonNullable<RequestInit['body']>;
  headers?: Record<string, string>;
};

export type ReapitCall = Call & {
  /** header `reapit-customer`; null: none */
  customer?: string | null;
};

/** Integrations of every door at one address, each with the sandbox's credentials unless told otherwise. */
export type Clients = {
  /** a call from outside, over HTTP; redirects are not followed */
  call(path: string, call?: Call): Promise<Answer>;
  /** the same under dotloop's base, with the sandbox's token */
  dotloop(path: string, call?: Call): Promise<Answer>;
  /** the same under Spark's `/v1`, in a signed session of the sandbox agent's key */
  spark(path: string, call?: SparkCall): Promise<Answer>;
  /** the same under the Reapit platform, with a machine token of the sandbox's application for SBOX */
  reapit(path: string, call?: ReapitCall): Promise<Answer>;
  /** the same under Propertybase's `/api/v2`, with the sandbox's key as token */
  propertybase(path: string, call?: Call): Promise<Answer>;
};

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: json && text ? JSON.parse(text) : text };
}

export function openClients(url: string): Clients {
  const call = async (path: string, { method, token, json, body, headers = {} }: Call = {}): Promise<Answer> => {
    const response = await fetch(path.startsWith('http') ? path : url + path, {
      method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
    });
    return answerOf(response);
  };

  let machine: Promise<string> | undefined;
  const machineToken = () => {
    machine ??= call('/connect/token', {
      body: new URLSearchParams({ client_id: SANDBOX.reapit.clientId, grant_type: 'client_credentials' }),
      headers: { authorization: `Basic ${btoa(`${SANDBOX.reapit.clientId}:${SANDBOX.reapit.clientSecret}`)}` },
    }).then(({ body, status, text }) => {
      if (status !== 200) throw new Error(`No token: ${text}`);
      return (body as { access_token: string }).access_token;
    });
    return machine;
  };
  const session = sparkSessions((path) => call(path, { method: 'POST' }));
  return {
    call,
    dotloop: (path, { token = SANDBOX.dotloop.accessToken, ...rest } = {}) =>
      call(`/dotloop/public/v2${path}`, { token, ...rest }),
    async spark(path, { as = 'agent', bearer, json, body, headers = {}, method, ...rest } = {}) {
      const text = json === undefined ? body : JSON.stringify(json);
      const verb = method ?? (text === undefined ? 'GET' : 'POST');
      const more = {
        ...rest,
        method: verb,
        headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(text === undefined ? {} : { body: text }),
      };
      if (bearer !== undefined) return call(`/spark/v1${path}`, { ...more, token: bearer });
      if (as === null) return call(`/spark/v1${path}`, more);
      const signed = signedPath(await session(as), `/v1${path}`, verb, text);
      return call(`/spark${signed}`, more);
    },
    async reapit(path, { token, customer = SANDBOX.reapit.customer, headers = {}, ...rest } = {}) {
      const bearer = token === undefined ? await machineToken() : token;
      return call(`/reapit${path}`, {
        ...rest,
        token: bearer,
        headers: { ...(customer === null ? {} : { 'reapit-customer': customer }), ...headers },
      });
    },
    propertybase: (path, { token = SANDBOX.propertybase.key, headers = {}, ...rest } = {}) =>
      call(`/propertybase/api/v2${path}`, {
        ...rest,
        headers: { ...(token === null ? {} : { 'x-bl-api-key': token }), ...headers },
      }),
  };
}
