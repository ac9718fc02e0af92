import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Provider } from 'oidc-provider';
import { readPrompt } from './ask-first.ts';

// Not imported: that makes Node load its fetch too (outgoing/reach.ts).
const http = process.getBuiltinModule('node:http');

/** A request to the authorization core. */
export type Asking = {
  readonly method: 'GET' | 'POST';
  /** `/authorize`, `/token`, `/userinfo` */
  readonly path: string;
  readonly parameters: URLSearchParams;
  /** who is signed in, as accountOf says it, and since when */
  readonly account?: string;
  readonly signedInAt?: Date;
  /** the cookie of that session, for authorizations that end with it */
  readonly session?: string;
  /** what the authorization is for, where that is more than the core reads in the question */
  readonly scopes?: readonly string[];
  /** the Authorization header */
  readonly authorization?: string;
};

export type CoreAnswer = {
  readonly status: number;
  readonly location?: string;
  /** what the person has to do before there is an answer */
  readonly first?: 'login' | 'consent';
  readonly body: unknown;
  /** the WWW-Authenticate header */
  readonly challenge?: string;
  /** what the core knows about a refusal and does not tell the client */
  readonly detail?: string;
};
export type AskCore = (asking: Asking) => Promise<CoreAnswer>;

const isDetailed = (error: unknown): error is { error_detail: string } =>
  typeof error === 'object' && error !== null && 'error_detail' in error && typeof error.error_detail === 'string';

function toRequest({ method, path, parameters, authorization }: Asking, host: string): IncomingMessage {
  const text = parameters.toString();
  const req = new http.IncomingMessage(new Socket());
  req.method = method;
  req.url = method === 'GET' && text ? `${path}?${text}` : path;
  req.headers = { host, accept: 'application/json', ...(authorization !== undefined && { authorization }) };
  if (method === 'POST' && text) {
    req.headers['content-type'] = 'application/x-www-form-urlencoded';
    req.headers['content-length'] = String(Buffer.byteLength(text));
    req.push(text);
  }
  req.push(null);
  return req;
}

/**
 * Asks the core in this process: it gets a request of its own, clean of what the vendor's clients do differently, and its answer comes
 * back as a value, for the face to put into the vendor's form. Cookies that it would set are not carried: it needs none.
 */
export function makeAsk(provider: Provider, asked: WeakMap<IncomingMessage, Asking>): AskCore {
  const details = new WeakMap<IncomingMessage, string>();
  const answers = new WeakMap<IncomingMessage, CoreAnswer>();
  const failures = new WeakMap<IncomingMessage, Error>();

  provider.on('grant.error', ({ req }, error) => {
    if (isDetailed(error)) details.set(req, error.error_detail);
  });
  provider.on('server_error', ({ req }, error) => {
    failures.set(req, error);
  });
  provider.use(async (ctx, next) => {
    ctx.respond = false;
    await next();
    const { req, status, body } = ctx;
    // Undefined where there is none, whatever its types say.
    const [location, challenge]: (string | undefined)[] = [ctx.response.get('location'), ctx.response.get('www-authenticate')];
    const first = location === undefined ? undefined : readPrompt(location);
    const detail = details.get(req);
    answers.set(req, {
      status,
      body,
      ...(location && !first && { location }),
      ...(first && { first }),
      ...(challenge && { challenge }),
      ...(detail && { detail }),
    });
  });
  const handle = provider.callback();
  const { host } = new URL(provider.issuer);

  return async (asking) => {
    const req = toRequest(asking, host);
    asked.set(req, asking);
    await handle(req, new http.ServerResponse(req));
    // The core answers "server_error" for a database that is away too; the room tells them apart by the error itself.
    const failure = failures.get(req);
    if (failure) throw failure;
    const answer = answers.get(req);
    if (!answer) throw new Error('The authorization core did not answer');
    return answer;
  };
}
