import { isErrno } from './trouble.ts';

const UNKNOWN = 'application/octet-stream';

/**
 * The type of a complete file by its bytes. The library reads a few blocks of it, wherever the format keeps what tells it apart
 * (an office document is a ZIP whose list of parts may come last). Text, HTML and bare SVG have no such mark and stay unknown,
 * which is also the safe answer: a browser downloads them.
 */
export async function sniff(path: string): Promise<string> {
  // Imported at the first upload: most processes that read files never sniff one (design §7).
  const { fileTypeFromFile } = await import('file-type');
  try {
    return (await fileTypeFromFile(path))?.mime ?? UNKNOWN;
  } catch (error) {
    if (isErrno(error)) throw error;
    // Bytes that confuse the library are bytes of no known type; they are still somebody's document.
    return UNKNOWN;
  }
}
