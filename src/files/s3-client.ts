import { guarded } from './trouble.ts';

type Sdk = typeof import('@aws-sdk/client-s3');
type Client = InstanceType<Sdk['S3Client']>;

/** Where the bucket is. Without keys the SDK looks for them itself (roles of the machine or the container). */
export type S3Access = {
  readonly region?: string;
  readonly endpoint?: string;
  readonly forcePathStyle?: boolean;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
};

/** One request, or several, against the bucket. */
export type Call = <T>(work: (client: Client, sdk: Sdk) => Promise<T>) => Promise<T>;

/** Imports the SDK and connects at the first call: it costs 34 MiB, which whoever keeps files on disk should not pay. */
export function s3Caller(access: S3Access): Call {
  let ready: Promise<{ sdk: Sdk; client: Client }> | undefined;
  return (work) =>
    guarded(async () => {
      ready ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: connect(sdk, access) }));
      const { sdk, client } = await ready;
      return work(client, sdk);
    });
}

function connect(sdk: Sdk, access: S3Access): Client {
  const { region = 'us-east-1', endpoint, forcePathStyle = false, accessKeyId, secretAccessKey, sessionToken } = access;
  // A slow download holds its socket to the end; the SDK's 50 would let a few slow readers lock everyone else out.
  const sockets = { keepAlive: true, maxSockets: 200 };
  return new sdk.S3Client({
    region,
    forcePathStyle,
    logger: quiet,
    ...(endpoint ? { endpoint } : {}),
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {}),
    // The SDK's own CRC32 travels in a trailer that many compatible stores refuse; we send the SHA-256 that we know instead.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // The second bounds silence on a socket, not the length of a transfer; without it a stalled store would hang us for ever.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 120_000, httpAgent: sockets, httpsAgent: sockets },
  });
}

/** The SDK would warn on the console of each failure; ours go to the log once, as the cause of a Fault. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const statusOf = (error: unknown) => {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
  return (metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode;
};

/** Whether the same request may succeed in a moment: no answer came, or one that blames the store. */
export const mayPass = (error: unknown) => {
  const status = statusOf(error);
  return status === undefined || status === 429 || status >= 500;
};

/** By name and not by 404, which a missing bucket answers too. */
export const isNoSuchKey = (error: unknown) => error instanceof Error && error.name === 'NoSuchKey';

export const isInvalidRange = (error: unknown) =>
  error instanceof Error && (error.name === 'InvalidRange' || statusOf(error) === 416);
