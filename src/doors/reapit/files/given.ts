import type { GivenFile, UploadPurpose } from '../../../domain/index.ts';
import type { Breach } from '../../../kernel/fault.ts';
import type { Desk } from '../desk.ts';
import { readAddress } from './address.ts';

const DATA = /^data:[^,]*;base64,/i;

/** The bytes of `data:image/jpeg;base64,…`; undefined for what is no such URI, or an empty one. */
function readData(text: string): Uint8Array | undefined {
  const start = DATA.exec(text.slice(0, 500))?.[0].length;
  if (start === undefined) return undefined;
  const content = text.slice(start).replaceAll(/[\r\n]/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(content) || content.length % 4 === 1) return undefined;
  return Buffer.from(content, 'base64');
}

/** What `fileData` (or `data`) or `fileUrl` brings (contracts/reapit.md §1.15); undefined where it cannot be read. */
export function readGivenData(data: unknown): GivenFile | undefined {
  const bytes = typeof data === 'string' ? readData(data) : undefined;
  return bytes && { kind: 'bytes', bytes };
}
export function readGivenUrl({ base }: Pick<Desk, 'base'>, purpose: UploadPurpose, url: unknown): GivenFile | undefined {
  const uuid = typeof url === 'string' ? readAddress(base, url) : undefined;
  return uuid === undefined ? undefined : { kind: 'upload', uuid, purpose };
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';
const breach = (at: string, message: string): Breach => ({ in: 'body', at, reason: 'upload', message });

/** What of the two is wrong in itself; `at` says under which names they stand. */
export function givenBreaches(
  desk: Pick<Desk, 'base'>,
  given: { data: unknown; url: unknown },
  at: { data: string; url: string },
): Breach[] {
  const { data, url } = given;
  return [
    ...(isGiven(data) && !readGivenData(data) ? [breach(at.data, 'The content must be a data URI in base64')] : []),
    ...(isGiven(url) && !readGivenUrl(desk, 'documents', url)
      ? [breach(at.url, 'The value provided is no address of an upload of this application')]
      : []),
  ];
}
