import { isStorable } from './storable.ts';

/**
 * Regular expressions that strangers send. What is let through has no back-references and no look-around, so PostgreSQL's engine runs it
 * as an automaton, in time linear in the text (its hybrid engine backtracks only for back-references and sub-matches; there are none
 * here). The automaton itself is bounded: counted repeats multiply, and a pattern heavier than `MOST_WEIGHT` states is refused.
 */
export type Pattern = { readonly sql: string } | { readonly fault: string };

const MOST_LENGTH = 250;
const MOST_REPEATS = 100;
const MOST_WEIGHT = 1_000;
const MOST_DEPTH = 10;

const POSIX = new Set(
  ['alpha', 'digit', 'alnum', 'upper', 'lower', 'space', 'blank', 'punct', 'print', 'graph', 'cntrl', 'xdigit'].map(
    (name) => `[:${name}:]`,
  ),
);
/** Escapes that mean the same in both dialects. */
const SAME = new Set([...'dDwWsStnrfv']);
/** Anchors, and how PostgreSQL writes them. */
const ANCHORS: Readonly<Record<string, string>> = { A: '\\A', Z: '\\Z', z: '\\Z', b: '\\y', B: '\\Y' };
const quoted = (char: string) => (/[A-Za-z0-9\s]/.test(char) || char.codePointAt(0)! > 127 ? char : `\\${char}`);

class Refusal extends Error {}
const refuse = (why: string): never => {
  throw new Refusal(why);
};

type Escape = { readonly sql: string; readonly char?: string; readonly anchor?: boolean };

function readEscape(text: string, at: number): Escape & { readonly end: number } {
  const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(text.slice(at + 1, at + 6));
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
    const char = String.fromCharCode(code);
    if (code === 0 || !char.isWellFormed()) refuse(`\\${hex[0]} is no character`);
    return { sql: quoted(char), char, end: at + 1 + hex[0].length };
  }
  const next = String.fromCodePoint(text.codePointAt(at + 1) ?? 0x5c);
  if (at + 1 >= text.length) refuse('it ends with a lone backslash');
  if (/[0-9k]/.test(next)) refuse('back-references are not supported');
  const end = at + 1 + next.length;
  if (SAME.has(next)) return { sql: `\\${next}`, end };
  const anchor = ANCHORS[next];
  if (anchor !== undefined) return { sql: anchor, anchor: true, end };
  if (/[A-Za-z]/.test(next)) refuse(`\\${next} is not supported`);
  return { sql: quoted(next), char: next, end };
}

/** `[…]` from its bracket on. */
function readClass(text: string, start: number): { readonly sql: string; readonly end: number } {
  let at = start + 1;
  let sql = '[';
  if (text[at] === '^') {
    sql += '^';
    at++;
  }
  /** the character before, which a hyphen makes the start of a range */
  let from: string | undefined;
  for (let first = true; ; first = false) {
    if (at >= text.length) refuse('a bracket is not closed');
    if (text[at] === ']' && !first) return { sql: `${sql}]`, end: at + 1 };
    const posix = /^\[[:.=][^\]]*[:.=]\]/.exec(text.slice(at));
    let char: string | undefined;
    if (posix) {
      if (!POSIX.has(posix[0])) refuse(`${posix[0]} is not supported`);
      sql += posix[0];
      at += posix[0].length;
    } else if (text[at] === '\\') {
      const read = readEscape(text, at);
      if (read.anchor) refuse('an anchor cannot stand in brackets');
      sql += read.sql;
      char = read.char;
      at = read.end;
    } else {
      char = String.fromCodePoint(text.codePointAt(at) ?? 0);
      const isRange = char === '-' && from !== undefined && at + 1 < text.length && text[at + 1] !== ']';
      at += char.length;
      if (isRange) {
        const least: string = from ?? '';
        const read = text[at] === '\\' ? readEscape(text, at) : undefined;
        const to = read ? read.char : String.fromCodePoint(text.codePointAt(at) ?? 0);
        if (to === undefined || text[at] === '[') refuse('a range must end with a character');
        else {
          if (to < least) refuse(`the range ${least}-${to} runs backwards`);
          sql += `-${quoted(to)}`;
          at = read?.end ?? at + to.length;
        }
        char = undefined;
      } else sql += quoted(char);
    }
    from = char;
  }
}

/** `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`; a lazy one finds the same rows. `most` is what it multiplies the states by. */
function readRepeat(text: string, at: number): { readonly sql: string; readonly most: number; readonly end: number } | undefined {
  const found = /^(?:[?*+]|\{(\d{1,5})(?:(,)(\d{0,5}))?\})([?+]?)/.exec(text.slice(at));
  if (!found) return undefined;
  const [whole, least, comma, most, mode] = found;
  if (mode === '+') refuse('possessive repeats are not supported');
  const end = at + whole.length;
  if (least === undefined) return { sql: whole[0] ?? '', most: 1, end };
  const low = Number(least);
  const high = most ? Number(most) : low;
  if (high < low) refuse(`the repeat {${least},${most}} runs backwards`);
  if (high > MOST_REPEATS) refuse(`it repeats more than ${MOST_REPEATS} times`);
  return { sql: `{${low}${comma ? `,${most ? high : ''}` : ''}}`, most: Math.max(1, comma && !most ? low + 1 : high), end };
}

function translate(text: string): string {
  if (text.length > MOST_LENGTH) refuse(`it is longer than ${MOST_LENGTH} characters`);
  if (!isStorable(text)) refuse('it contains a character that is not allowed');
  let sql = '';
  /** weight of each open group so far; the last is the innermost */
  const open: number[] = [0];
  /** weight of the atom just read, which a repeat multiplies; undefined where there is nothing to repeat */
  let atom: number | undefined;
  const add = (weight: number) => {
    open[open.length - 1] = (open.at(-1) ?? 0) + weight;
    if ((open.at(-1) ?? 0) > MOST_WEIGHT) refuse('it is too complex');
  };
  const put = (part: string, weight: number | undefined) => {
    sql += part;
    atom = weight;
    add(weight ?? 0);
  };
  for (let at = 0; at < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const repeat = readRepeat(text, at);
    if (repeat) {
      if (atom === undefined) refuse('a repeat has nothing to repeat');
      add((atom ?? 0) * (repeat.most - 1));
      sql += repeat.sql;
      atom = undefined;
      at = repeat.end;
    } else if (char === '(') {
      const special = text.startsWith('(?', at);
      if (special && text[at + 2] !== ':') refuse('look-around and inline options are not supported');
      if (open.length > MOST_DEPTH) refuse(`it nests more than ${MOST_DEPTH} groups`);
      open.push(0);
      sql += '(?:';
      atom = undefined;
      at += special ? 3 : 1;
    } else if (char === ')') {
      if (open.length === 1) refuse('a parenthesis is not opened');
      put(')', open.pop() ?? 0);
      at++;
    } else if (char === '[') {
      const set = readClass(text, at);
      put(set.sql, 1);
      at = set.end;
    } else if (char === '\\') {
      const read = readEscape(text, at);
      put(read.sql, read.anchor ? undefined : 1);
      at = read.end;
    } else {
      const isAnchor = char === '^' || char === '$' || char === '|';
      put(isAnchor || char === '.' ? char : quoted(char), isAnchor ? undefined : 1);
      at += char.length;
    }
  }
  if (open.length > 1) refuse('a parenthesis is not closed');
  return sql;
}

/** The pattern as PostgreSQL writes it, or why it cannot be run, as the end of a sentence. */
export function readPattern(text: string): Pattern {
  try {
    return { sql: translate(text) };
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.message };
    throw error;
  }
}
