import type { Readable } from 'node:stream';

/** More bytes came than the caller allows. Each door says it in its own status (domain-property.md 6.2: 400, 413 or 422). */
export class TooLarge extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`The file is larger than ${limit} bytes`);
    this.limit = limit;
  }
}

/** Bytes that were received and hashed, not yet kept. */
export type ReceivedFile = {
  readonly sha256: string;
  readonly size: number;
  /** What the bytes are, whatever the sender says they are; `application/octet-stream` when nobody knows. */
  readonly sniffedType: string;
  /**
   * When this returns, the bytes survive a kill and a power loss, so a row may name them. Keeping what is kept already is fine and
   * makes it young again (`modifiedAt`), so that the sweeper does not take bytes whose row is about to be written. A failure is
   * final and lets go of the bytes: after a flush that failed, a second one may succeed without them.
   */
  readonly keep: () => Promise<void>;
  /** Lets go of what was not kept; does nothing after `keep`. Never throws: what cannot be removed now is swept later. */
  readonly discard: () => Promise<void>;
};

/** First and last byte, both included, as HTTP counts them. An end past the last byte means the last byte. */
export type ByteRange = { readonly start: number; readonly end: number };

/** An open file. Read the stream to its end or destroy it. `size` is that of the whole file, also when a range is read. */
export type OpenFile = { readonly stream: Readable; readonly size: number };

export type KeptFile = { readonly orgId: number; readonly sha256: string; readonly modifiedAt: Date };

/** Where bytes live. Every failure of the place itself (disk full, bucket away) is a `Fault` of kind `unavailable`. */
export type Files = {
  /**
   * Streams to a temporary place while hashing and counting, then sniffs; throws `TooLarge` as soon as `limit` bytes are passed.
   * A failure of any kind leaves nothing behind. Leaving early ends the source; if that is a request whose answer is still to be
   * written, pass `request.iterator({ destroyOnReturn: false })`.
   */
  receive(orgId: number, source: AsyncIterable<Uint8Array>, options: { limit: number }): Promise<ReceivedFile>;
  /** Opens kept bytes; undefined when there are none. Throws a RangeError for a range that starts behind the last byte. */
  open(orgId: number, sha256: string, range?: ByteRange): Promise<OpenFile | undefined>;
  /** Removing what is not there is fine. */
  remove(orgId: number, sha256: string): Promise<void>;
  /** Every kept file, in no order, for the sweeper that removes files without a row. */
  list(): AsyncIterable<KeptFile>;
  /** Removes temporary files last written before `olderThan` (half-received uploads of a killed process) and says how many. */
  sweepTemporary(olderThan: Date): Promise<number>;
  /** Writes, reads and deletes a few bytes: a cheap check for /readyz and doctor. */
  probe(): Promise<void>;
};
