import { createPrivateKey, sign } from 'node:crypto';
import type { HookKey } from '../../../domain/index.ts';

/**
 * `s:<keyId>:<unix seconds>:<signature>`: Ed25519 over the characters of the timestamp followed by the raw body, base64url without padding
 * (contracts/reapit.md §3.3).
 */
export function signatureOf(body: string, { kid, kty, crv, x, d }: HookKey, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const key = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
  return `s:${kid}:${seconds}:${sign(null, Buffer.from(`${seconds}${body}`, 'utf8'), key).toString('base64url')}`;
}

export const headersOf = (body: string, key: HookKey, at: Date): Record<string, string> => ({
  'Content-Type': 'application/json',
  'X-Signature': signatureOf(body, key, at),
});
