import { createHash, timingSafeEqual } from 'node:crypto';
import type { Pair, Sent } from './request.ts';

type Signer = { readonly key: string; readonly secret: string };

const digest = (text: string, body?: Uint8Array) => {
  const hash = createHash('md5').update(text, 'utf8');
  return (body ? hash.update(body) : hash).digest('hex');
};

/** `SIG(session)` (contracts/spark.md §4.2). MD5 is the vendor's choice; the secret is sealed at rest. */
export const sessionSignature = ({ key, secret }: Signer): string => digest(`${secret}ApiKey${key}`);

const byName = (a: Pair, b: Pair) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));

function decodedOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Every signature that is accepted for a request: clients encode paths (P1 as sent, P2 decoded) and values (Q1 decoded, Q2 verbatim)
 * differently, and all four are in the field (§4.2).
 */
export function requestSignatures(signer: Signer, { path, pairs }: Sent, body: Uint8Array | undefined): string[] {
  const signed = pairs.filter(({ name }) => name !== 'ApiSig').sort(byName);
  const decoded = signed.map(({ name, value }) => name + value).join('');
  const verbatim = signed.map((pair) => pair.name + pair.verbatim).join('');
  const head = `${signer.secret}ApiKey${signer.key}ServicePath`;
  const paths = new Set([path, decodedOnce(path)]);
  const queries = new Set([decoded, verbatim]);
  return [...paths].flatMap((p) => [...queries].map((q) => digest(head + p + q, body)));
}

/** In constant time for each candidate; capitals are accepted. */
export function matchesOne(given: string, candidates: readonly string[]): boolean {
  const sent = Buffer.from(given.toLowerCase());
  return candidates
    .map((candidate) => sent.length === candidate.length && timingSafeEqual(sent, Buffer.from(candidate)))
    .includes(true);
}
