/** A range of an Accept header. */
type Range = { readonly type: string; readonly q: number };

const readRange = (text: string): Range => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '');
  const q = quality === undefined ? 1 : Number(quality);
  return { type, q: Number.isNaN(q) ? 0 : q };
};

const isJson = (type: string) => type === 'application/json' || type.endsWith('/*') || type === '*';

/**
 * Whether the caller of a document wants its bytes or its JSON: the highest q wins, the first named on a tie; wildcards count as JSON;
 * `application/pdf` takes the file whatever it is, any other type only its own. Nothing that fits: JSON (contracts/dotloop.md §5.8).
 */
export function wantsBytes(accept: string | undefined, storedType: string): boolean {
  let best: Range | undefined;
  for (const range of (accept ?? '').split(',').map(readRange)) {
    const known = isJson(range.type) || range.type === 'application/pdf' || range.type === storedType.toLowerCase();
    if (known && range.q > (best?.q ?? 0)) best = range;
  }
  return best !== undefined && !isJson(best.type);
}
