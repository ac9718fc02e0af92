/** The file at an address cannot be had; the message says why, and quotes nothing of what was answered. */
export class FileAway extends Error {}

export type FetchedFile = { readonly bytes: Uint8Array; readonly name: string | null };

/**
 * The bytes that lie at an address that somebody else gave us.
 * @throws FileAway: private address, no answer in time or before the signal, another status than 200, more bytes than `limit`
 */
export type FetchFile = (url: string, options: { readonly limit: number; readonly signal?: AbortSignal }) => Promise<FetchedFile>;
