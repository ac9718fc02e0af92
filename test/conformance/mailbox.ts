import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Message = Record<string, unknown>;

/**
 * An address that takes whatever is posted to it and, asked, shows it: every message in the order of their coming, or of a member of theirs
 * (`?sort=topicId`). `/last` tells which key signed the latest.
 */
export async function openMailbox() {
  const messages: Message[] = [];
  let kid = '';
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://mailbox');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader('content-type', 'application/json; charset=utf-8');
    if (request.method === 'POST') {
      messages.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Message);
      kid = String(request.headers['x-signature']).split(':')[1] ?? '';
      response.end('{}');
      return;
    }
    const sort = url.searchParams.get('sort');
    const shown = sort === null ? messages : messages.toSorted((a, b) => (String(a[sort]) < String(b[sort]) ? -1 : 1));
    response.end(JSON.stringify(url.pathname.endsWith('/last') ? { kid } : shown));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
