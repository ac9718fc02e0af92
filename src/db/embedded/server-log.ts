import { copyFile, open, stat, truncate } from 'node:fs/promises';

const LARGEST = 10 * 1024 * 1024;

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** Keeps one older part beside the log. The server appends, so it goes on at the new end. */
export async function trimLog(file: string): Promise<void> {
  if ((await sizeOf(file)) <= LARGEST) return;
  await copyFile(file, `${file}.1`);
  await truncate(file);
}

/** Opens the log for a server to write to, and remembers where its part begins. */
export async function openLog(file: string) {
  await trimLog(file);
  const handle = await open(file, 'a', 0o600);
  const from = await sizeOf(file);
  return {
    fd: handle.fd,
    close: () => handle.close(),
    /** what was written since, its end when that is long */
    async read(): Promise<string> {
      const reader = await open(file, 'r');
      try {
        const start = Math.max(from, (await reader.stat()).size - 4000);
        const { buffer, bytesRead } = await reader.read({ buffer: Buffer.alloc(4000), position: start });
        return buffer.toString('utf8', 0, bytesRead).trim();
      } finally {
        await reader.close();
      }
    },
  };
}
