import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Provider } from 'oidc-provider';

/** A request to the authorization core. */
export type Asking = {
  readonly method: 'GET' | 'POST';
  /** `/authorize` or `/token` */
  readonly path: string;
  readonly parameters: URLSearchParams;
  /** who is signed in, as accountOf says it */
  readonly account?: string;
};

export type CoreAnswer = {
  readonly status: number;
  readonly location?: string;
  readonly body: unknown;
  /** what the core knows about a refusal and does not tell the client */
  readonly detail?: string;
};
export type AskCore = (asking: Asking) => Promise<CoreAnswer>;

const isDetailed = (error: unknown): error is { error_detail: string } =>
  typeof error === 'object' && error !== null && 'error_detail' in error && typeof error.error_detail === 'string';

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
    const location = ctx.response.get('location');
    const detail = details.get(req);
    answers.set(req, { status, body, ...(location && { location }), ...(detail && { detail }) });
  });
  const handle = provider.callback();

  return async (asking) => {
    const { method, path, parameters } = asking;
    const text = parameters.toString();
    const req = new IncomingMessage(new Socket());
    req.method = method;
    req.url = method === 'GET' ? `${path}?${text}` : path;
    req.headers = { host: new URL(provider.issuer).host, accept: 'application/json' };
    if (method === 'POST') {
      req.headers['content-type'] = 'application/x-www-form-urlencoded';
      req.headers['content-length'] = String(Buffer.byteLength(text));
      req.push(text);
    }
    req.push(null);
    asked.set(req, asking);
    await handle(req, new ServerResponse(req));
    // The core answers "server_error" for a database that is away too; the room tells them apart by the error itself.
    const failure = failures.get(req);
    if (failure) throw failure;
    const answer = answers.get(req);
    if (!answer) throw new Error('The authorization core did not answer');
    return answer;
  };
}
