import Fastify, { type FastifyInstance } from 'fastify';
import type { Door } from './doors/door.ts';
import { notFound } from './kernel/fault.ts';

export type ExplorersOptions = {
  readonly doors: readonly Door[];
  readonly publicUrl: string;
  /** access token that "try it" uses, by door: the sandbox's published one, or a new one where tokens run out */
  readonly tokens: ReadonlyMap<string, string | (() => Promise<string | undefined>)>;
};

/** Nothing from elsewhere: no fonts, no telemetry, no buttons that lead to a vendor's service (tech figures: checked by blocking). */
const LOCAL = {
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  persistAuth: false,
  defaultOpenAllTags: true,
} as const;

// Scalar builds its styles and evaluates its templates in the page; it gets no other origin to talk to.
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Tokens in the pages last an hour at least; pages that are opened later get new ones. */
const TOKENS_LAST_MS = 30 * 60_000;

type Scheme = { readonly type: string };
type Described = { readonly components?: { readonly securitySchemes?: Readonly<Record<string, Scheme>> } };

/** The token put into the one security scheme of the door's document, in the place where Scalar looks for it. */
function signedIn(document: unknown, token: string | undefined) {
  const [found] = Object.entries((document as Described).components?.securitySchemes ?? {});
  if (!found || token === undefined) return {};
  const [name, { type }] = found;
  const held = type === 'oauth2' ? { flows: { authorizationCode: { token } } } : type === 'apiKey' ? { value: token } : { token };
  return { authentication: { preferredSecurityScheme: name, securitySchemes: { [name]: held } } };
}

const tokenOf = async (token: string | (() => Promise<string | undefined>) | undefined) =>
  typeof token === 'function' ? token() : token;

/** The explorer takes 32 MiB and 100 ms to load, so it is a server of its own inside this one, made at its first use. */
async function buildExplorers({ doors, publicUrl, tokens }: ExplorersOptions): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const server = Fastify();
  server.addHook('onRequest', async (_, reply) => {
    reply.headers({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });
  // Scalar's page names no language, which readers aloud go by.
  server.addHook('onSend', async (_, reply, page) =>
    typeof page === 'string' && /^text\/html/.test(String(reply.getHeader('content-type')))
      ? page.replace('<html>', '<html lang="en">')
      : page,
  );
  for (const door of doors) {
    await server.register(scalar, {
      routePrefix: `/explore/${door.name}`,
      configuration: {
        ...LOCAL,
        pageTitle: `${door.title} · Portico`,
        url: `${publicUrl}/openapi/${door.name}.json`,
        ...signedIn(door.openapi(publicUrl), await tokenOf(tokens.get(door.name))),
      },
    });
  }
  await server.ready();
  return server;
}

/** `/explore/<door>` and `/openapi/<door>.json` of every door. */
export async function explorers(room: FastifyInstance, options: ExplorersOptions): Promise<void> {
  const byName = new Map(options.doors.map((door) => [door.name as string, door]));
  const documents = new Map<string, string>();
  let explorer: Promise<FastifyInstance> | undefined;
  let builtAt = 0;

  room.get<{ Params: { file: string } }>('/openapi/:file', async (request, reply) => {
    const door = byName.get(request.params.file.replace(/\.json$/, ''));
    if (!door || !request.params.file.endsWith('.json')) throw notFound('API description');
    const known = documents.get(door.name) ?? JSON.stringify(door.openapi(options.publicUrl));
    documents.set(door.name, known);
    return reply.type('application/json').header('x-content-type-options', 'nosniff').send(known);
  });

  const serve = async (
    request: { raw: Parameters<FastifyInstance['routing']>[0]; params: unknown },
    reply: { hijack(): void; raw: Parameters<FastifyInstance['routing']>[1] },
  ) => {
    if (!byName.has((request.params as { door: string }).door)) throw notFound('API explorer');
    if (!explorer || Date.now() - builtAt > TOKENS_LAST_MS) {
      const old = explorer;
      explorer = buildExplorers(options);
      builtAt = Date.now();
      explorer.catch(() => (builtAt = 0));
      void old?.then((server) => server.close());
    }
    const server = await explorer;
    reply.hijack();
    server.routing(request.raw, reply.raw);
  };
  room.get('/explore/:door', serve);
  room.get('/explore/:door/*', serve);
  room.addHook('onClose', async () => {
    if (explorer) await (await explorer).close();
  });
}
