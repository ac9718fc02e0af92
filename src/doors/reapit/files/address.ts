import { UPLOAD_SECONDS, type UploadAddress } from '../../../domain/index.ts';

const PATH = '/uploads';

/** `…/uploads/<id>?X-Amz-Date=…&X-Amz-Expires=900&X-Amz-Signature=…`: clients look for the second (contracts/reapit.md §1.15). */
export const writeAddress = (base: string, { uuid, at, signature }: UploadAddress): string =>
  `${base}${PATH}/${uuid}?X-Amz-Date=${at}&X-Amz-Expires=${UPLOAD_SECONDS}&X-Amz-Signature=${signature}`;

/** The upload that an address of ours names, with or without its query; undefined for every other address. */
export function readAddress(base: string, text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname } = new URL(text);
  const own = new URL(`${base}${PATH}/`);
  if (origin !== own.origin || !pathname.startsWith(own.pathname)) return undefined;
  const uuid = pathname.slice(own.pathname.length).replace(/\/$/, '').toLowerCase();
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid) ? uuid : undefined;
}

/** What a call to such an address says of itself. */
export function addressOf(uuid: string, search: string): UploadAddress {
  const query = new URLSearchParams(search);
  return {
    uuid: uuid.toLowerCase(),
    at: query.get('X-Amz-Date') ?? '',
    signature: query.get('X-Amz-Expires') === String(UPLOAD_SECONDS) ? (query.get('X-Amz-Signature') ?? '') : '',
  };
}
