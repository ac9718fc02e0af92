import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** What a browser shows by itself without running anything of it. SVG and HTML are not among them: they are downloaded. */
const SHOWN = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** The name in both forms of RFC 6266: plain ASCII for old readers, UTF-8 for all others. */
export function dispositionOf(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const coded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${coded}`;
}

type Bytes = {
  readonly document: { readonly name: string; readonly sniffed_type: string };
  readonly size: number;
  readonly stream: AsyncIterable<Uint8Array>;
};

/** Sends a document under its name: shown in place where a browser can, else (or when asked for) downloaded. */
export function sendDocument(reply: FastifyReply, { document, size, stream }: Bytes, download: boolean) {
  const type = document.sniffed_type;
  const shown = SHOWN.has(type);
  reply.headers({
    'content-type': type,
    'content-length': size,
    'content-disposition': dispositionOf(shown && !download ? 'inline' : 'attachment', document.name),
    // Chromium's PDF viewer refuses to open in a sandbox; it runs nothing of the file in our origin, so a PDF needs none.
    'content-security-policy':
      type === 'application/pdf' ? "frame-ancestors 'none'" : "sandbox; default-src 'none'; frame-ancestors 'none'",
  });
  return reply.send(stream instanceof Readable ? stream : Readable.from(stream));
}
