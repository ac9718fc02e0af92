import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 31_536_000;
/** Vite puts a hash of the content into the name, so such a file never changes. The build adds the compressed copies (web/vite.config.ts). */
const HASHED = /-[\w-]{8}\.(?:js|css)(?:\.br|\.gz)?$/;

/** `/assets/…`: what the build of web/ wrote; nothing when nothing was built. */
export async function assets(room: FastifyInstance, { webDist }: { readonly webDist: string }): Promise<void> {
  if (!existsSync(webDist)) return;
  await room.register(fastifyStatic, {
    root: webDist,
    prefix: '/assets/',
    preCompressed: true,
    index: false,
    dotfiles: 'ignore',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      reply.header('cache-control', HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'public, no-cache'),
  });
}
