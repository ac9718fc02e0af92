import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { ByteRange, Files, KeptFile, OpenFile } from '../kernel/files.ts';
import { folderMaker } from './durable.ts';
import { type Held, hold, received, sweepHolding } from './holding.ts';
import { checkOrg, fromPlace, placeOf } from './place.ts';
import { type Call, isInvalidRange, isNoSuchKey, mayPass, type S3Access, s3Caller } from './s3-client.ts';
import { guarded, guardedStream } from './trouble.ts';

export type S3Options = S3Access & {
  readonly bucket: string;
  /** Put before every key, with or without a slash at its end. */
  readonly prefix?: string;
  /** A local folder: the hash is the key, so a file is received here before it is sent on. Needs no durability. */
  readonly temporary: string;
};

/** Bytes in a bucket of Amazon S3 or of a store that speaks its protocol. */
export function s3Files(options: S3Options): Files {
  const { bucket } = options;
  const bare = options.prefix?.replace(/^\/+|\/+$/g, '');
  const prefix = bare ? `${bare}/` : '';
  const root = resolve(options.temporary);
  const holding = join(root, 'tmp');
  const makeFolder = folderMaker(root);
  const call = s3Caller(options);
  const at = (orgId: number, sha256: string) => ({ Bucket: bucket, Key: prefix + placeOf(orgId, sha256) });

  return {
    async receive(orgId, source, { limit }) {
      checkOrg(orgId);
      await guarded(() => makeFolder(holding));
      const held = await hold(holding, source, limit);
      const target = at(orgId, held.sha256);
      return received(held, () => send(call, held, target));
    },

    async open(orgId, sha256, range) {
      const target = at(orgId, sha256);
      return openAt(call, target, range);
    },

    async remove(orgId, sha256) {
      const target = at(orgId, sha256);
      await call((client, sdk) => client.send(new sdk.DeleteObjectCommand(target)));
    },

    list: () => walk(call, bucket, prefix),
    sweepTemporary: (olderThan) => guarded(() => sweepHolding(holding, olderThan)),
    probe: () => probe(call, { Bucket: bucket, Key: `${prefix}probe/${randomUUID()}` }),
  };
}

type Target = { readonly Bucket: string; readonly Key: string };
const TRIES = 3;

/** The store compares the hash before it says yes. The SDK cannot rewind a stream, so the tries are ours. */
async function send(call: Call, held: Held, target: Target): Promise<void> {
  await call(async (client, sdk) => {
    for (let tried = 1; ; tried++) {
      const body = createReadStream(held.path);
      // The SDK pipes the body and does not listen to it: without us, a disk that fails here would end the process.
      const broken = new AbortController();
      body.once('error', (error) => broken.abort(error));
      try {
        await client.send(
          new sdk.PutObjectCommand({
            ...target,
            Body: body,
            ContentLength: held.size,
            ChecksumSHA256: Buffer.from(held.sha256, 'hex').toString('base64'),
          }),
          { abortSignal: broken.signal },
        );
        return;
      } catch (error) {
        if (broken.signal.aborted) throw broken.signal.reason;
        if (tried === TRIES || !mayPass(error)) throw error;
      } finally {
        body.destroy();
      }
      await wait(50 * 2 ** tried * (1 + Math.random()));
    }
  });
}

async function openAt(call: Call, target: Target, range: ByteRange | undefined): Promise<OpenFile | undefined> {
  const none = new RangeError(`No bytes ${range?.start}-${range?.end} in this file`);
  if (range && (range.start < 0 || range.end < range.start)) throw none;
  const answer = await call(async (client, sdk) => {
    const part = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
    try {
      return await client.send(new sdk.GetObjectCommand({ ...target, ...part }));
    } catch (error) {
      if (isNoSuchKey(error)) return 'missing';
      if (isInvalidRange(error)) return 'no such range';
      throw error;
    }
  });
  if (answer === 'missing') return undefined;
  if (answer === 'no such range') throw none;
  // `bytes 0-3/10`: the length of the answer is that of the part.
  const size = range ? Number(answer.ContentRange?.split('/')[1]) : answer.ContentLength;
  const { Body: body } = answer;
  return guarded(async () => {
    if (body instanceof Readable && Number.isSafeInteger(size)) return { size: size!, stream: guardedStream(body) };
    if (body instanceof Readable) body.destroy();
    throw new Error('The store answered without a body, a length or the range that was asked for');
  });
}

async function* walk(call: Call, bucket: string, prefix: string): AsyncGenerator<KeptFile> {
  let from: string | undefined;
  do {
    const page = await call((client, sdk) =>
      client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(from ? { ContinuationToken: from } : {}) })),
    );
    for (const { Key: key = '', LastModified: modifiedAt } of page.Contents ?? []) {
      const file = fromPlace(key.slice(prefix.length));
      if (file && modifiedAt) yield { ...file, modifiedAt };
    }
    from = page.NextContinuationToken;
  } while (from);
}

/** Bounded, because whoever asks whether we are ready wants to hear it soon. */
async function probe(call: Call, target: Target): Promise<void> {
  await call(async (client, sdk) => {
    const soon = { abortSignal: AbortSignal.timeout(5_000) };
    await client.send(new sdk.PutObjectCommand({ ...target, Body: 'portico' }), soon);
    const answer = await client.send(new sdk.GetObjectCommand(target), soon);
    const text = await answer.Body?.transformToString();
    await client.send(new sdk.DeleteObjectCommand(target), soon);
    if (text !== 'portico') throw new Error('The bucket gave back other bytes than it was given');
  });
}
