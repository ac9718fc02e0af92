import type { MetadataKey } from '../../../domain/index.ts';
import { invalid } from '../../../kernel/fault.ts';

/** Where the next page begins, as a word that clients pass back and do not read. */
export const writePageToken = ({ type, id }: MetadataKey): string =>
  Buffer.from(JSON.stringify([type, id])).toString('base64url');

/** @throws Fault invalid */
export function readPageToken(text: string): MetadataKey {
  try {
    const [type, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (typeof type === 'string' && typeof id === 'string' && !`${type}${id}`.includes('\u0000')) return { type, id };
  } catch {
    // no JSON: the same as any other text that is no token
  }
  throw invalid({ in: 'query', at: 'nextPageToken', reason: 'value', message: 'The value is not valid for nextPageToken.' });
}
