import type { ByteRange } from '../kernel/files.ts';

const SHA256 = /^[0-9a-f]{64}$/;
const ORG = /^[1-9]\d{0,15}$/;

/**
 * The name of some bytes inside a store: `<org>/<2 hex>/<sha256>` (domain-property.md 6.2). One file per hash and organisation:
 * sharing across organisations would tell tenants about each other. Anything else is refused here, so that no caller's mistake
 * can name a path outside the store.
 */
export function placeOf(orgId: number, sha256: string): string {
  checkOrg(orgId);
  if (!SHA256.test(sha256)) throw new TypeError('Not a sha256 in lower-case hex');
  return `${orgId}/${sha256.slice(0, 2)}/${sha256}`;
}

export function checkOrg(orgId: number): void {
  if (!Number.isSafeInteger(orgId) || orgId < 1) throw new TypeError(`Not the id of an organisation: ${orgId}`);
}

/** The other way round; undefined for names that are not ours. */
export function fromPlace(place: string): { orgId: number; sha256: string } | undefined {
  const [org = '', folder = '', sha256 = '', ...more] = place.split('/');
  if (more.length > 0 || !ORG.test(org) || !SHA256.test(sha256) || !sha256.startsWith(folder) || folder.length !== 2)
    return undefined;
  return { orgId: Number(org), sha256 };
}

/** Refuses a range that no byte of the file answers (416 of HTTP); the caller knows the size from the blob's row. */
export function checkRange(range: ByteRange, size: number): void {
  if (range.start < 0 || range.end < range.start || range.start >= size) {
    throw new RangeError(`No bytes ${range.start}-${range.end} in a file of ${size}`);
  }
}
