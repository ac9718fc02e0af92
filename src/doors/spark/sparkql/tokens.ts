import { FilterRefusal } from './faults.ts';
import type { Span } from './tree.ts';

export type TokenKind =
  | 'open'
  | 'close'
  | 'comma'
  | 'minus'
  | 'character'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'datetime'
  | 'time'
  /** a field, a function, an operator or a connective: what follows and the place decide */
  | 'word'
  /** `"Group"."Field"` */
  | 'custom'
  | 'end';
export type Token = Span & { readonly kind: TokenKind; readonly text: string };

/** Filters are bounded before anything is made of them; a list of 200 keys takes 6,000 characters. */
export const MOST_CHARACTERS = 100_000;
/** No number of a listing has more; more digits would only cost time. */
const MOST_DIGITS = 40;

/**
 * In the order in which they are tried: a moment begins like a date, and a date like a number. A `+` before an offset may have become a
 * blank on its way through a query string.
 */
const FORMS: readonly (readonly [TokenKind, RegExp])[] = [
  ['open', /\(/y],
  ['close', /\)/y],
  ['comma', /,/y],
  ['character', /'(?:[^'\\]|\\.)*'/sy],
  ['datetime', /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[-+ ]\d\d:?\d\d(?!\d))?/iy],
  ['date', /\d{4}-\d\d-\d\d/y],
  ['time', /\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?/y],
  ['decimal', /\d+\.\d+(?:[Ee]-?\d{1,2})?/y],
  ['integer', /\d+/y],
  ['minus', /-/y],
  ['word', /[A-Za-z][A-Za-z0-9]*/y],
  ['custom', /"[^"]+"\."[^"]+"/y],
];
const BLANKS = /[ \t\r\n]+/y;
const LITERALS: ReadonlySet<TokenKind> = new Set(['datetime', 'date', 'time', 'decimal', 'integer']);

const matchAt = (form: RegExp, source: string, at: number): string | undefined => {
  form.lastIndex = at;
  return form.exec(source)?.[0];
};

function nextToken(source: string, start: number): Token {
  for (const [kind, form] of FORMS) {
    const text = matchAt(form, source, start);
    if (text === undefined) continue;
    const token = { kind, text, start, end: start + text.length };
    if (LITERALS.has(kind) && /[A-Za-z0-9_.:]/.test(source[token.end] ?? ''))
      throw new FilterRefusal(`Cannot read the number or date that begins with ${text}`, token);
    if ((kind === 'integer' || kind === 'decimal') && text.length > MOST_DIGITS)
      throw new FilterRefusal(`A number has at most ${MOST_DIGITS} digits`, token, 1041);
    return token;
  }
  const char = String.fromCodePoint(source.codePointAt(start) ?? 0);
  const at = { start, end: start + char.length };
  throw new FilterRefusal(
    char === "'" ? 'A text is not closed: its second quote is missing' : `Unexpected character ${char}`,
    at,
  );
}

/** The words of a filter, with an `end` behind the last. @throws FilterRefusal */
export function readTokens(source: string): Token[] {
  if (source.length > MOST_CHARACTERS)
    throw new FilterRefusal(`A filter has at most ${MOST_CHARACTERS} characters`, { start: 0, end: 0 }, 1041);
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    at += matchAt(BLANKS, source, at)?.length ?? 0;
    if (at >= source.length) return [...tokens, { kind: 'end', text: '', start: source.length, end: source.length }];
    const token = nextToken(source, at);
    tokens.push(token);
    at = token.end;
  }
}

/** `\'` and `\\`; a backslash before anything else is itself, as regular expressions need it. */
export const unquoted = (text: string): string => text.slice(1, -1).replaceAll(/\\(['\\])/g, '$1');
