import { createServer } from 'node:net';

/** A port that was free a moment ago, so that links can name it before the server listens. */
export const freePort = (host: string) =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
