import { PassThrough, pipeline, type Readable } from 'node:stream';
import { Fault, unavailable } from '../kernel/fault.ts';

const away = (cause: unknown) =>
  cause instanceof Fault ? cause : unavailable('The file store is not available for the moment', cause);

/** Runs one step against the disk or the bucket; whatever goes wrong there is the store's trouble, not the caller's. */
export async function guarded<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw away(error);
  }
}

/** The same for a stream: a disk that fails in the middle ends it with a Fault; destroying it closes what is underneath. */
export function guardedStream(source: Readable): Readable {
  const stream = new PassThrough({ destroy: (error, done) => done(error && away(error)) });
  // The outcome reaches whoever reads `stream`; the callback is there because pipeline wants one.
  pipeline(source, stream, () => {});
  return stream;
}

export const isErrno = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;

/** To catch with: what is gone, or was never there, becomes undefined. */
export function ifMissing(error: unknown): undefined {
  if (isErrno(error) && error.code === 'ENOENT') return undefined;
  throw error;
}
