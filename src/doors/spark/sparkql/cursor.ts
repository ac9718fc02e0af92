import { FilterRefusal } from './faults.ts';
import type { Token, TokenKind } from './tokens.ts';
import { type Operator, wordTable } from './tree.ts';

export const OPERATORS = wordTable<Operator>({
  eq: 'eq',
  ne: 'ne',
  gt: 'gt',
  ge: 'ge',
  lt: 'lt',
  le: 'le',
  bt: 'bt',
});
export const CONNECTIVES = new Set(['and', 'or', 'not']);
const RESERVED = new Set([...Object.keys(OPERATORS), ...CONNECTIVES, 'add', 'sub', 'mul', 'div', 'mod']);

const NAMES: Partial<Record<TokenKind, string>> = {
  open: 'an opening parenthesis',
  close: 'a closing parenthesis',
  comma: 'a comma',
};

/** A place in the words of a filter, which moves on. */
export type Cursor = {
  /** arithmetic operations so far */
  operations: number;
  /** comparisons so far */
  comparisons: number;
  peek(): Token;
  next(): Token;
  takeIf(kind: TokenKind): Token | undefined;
  /** @throws FilterRefusal when something else stands there */
  take(kind: TokenKind): Token;
  /** the word there in lower case; '' for anything else */
  word(): string;
  /** the token behind the parenthesis that closes the one at the cursor; `end` when none does */
  behindParenthesis(): Token;
  isReserved(token: Token): boolean;
  unexpected(token: Token, expected: string): FilterRefusal;
};

/** Index of the token that closes each open parenthesis. */
function matchParentheses(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (const [i, { kind }] of tokens.entries()) {
    if (kind === 'open') open.push(i);
    const at = kind === 'close' ? open.pop() : undefined;
    if (at !== undefined) closes.set(at, i);
  }
  return closes;
}

export function makeCursor(tokens: readonly Token[]): Cursor {
  const closes = matchParentheses(tokens);
  const last = tokens[tokens.length - 1] as Token;
  let at = 0;
  const cursor: Cursor = {
    operations: 0,
    comparisons: 0,
    peek: () => tokens[at] ?? last,
    next: () => tokens[at++] ?? last,
    takeIf: (kind) => (cursor.peek().kind === kind ? cursor.next() : undefined),
    take: (kind) => {
      const token = cursor.next();
      if (token.kind !== kind) throw cursor.unexpected(token, NAMES[kind] ?? kind);
      return token;
    },
    word: () => {
      const token = cursor.peek();
      return token.kind === 'word' ? token.text.toLowerCase() : '';
    },
    behindParenthesis: () => tokens[(closes.get(at) ?? tokens.length) + 1] ?? last,
    isReserved: (token) => RESERVED.has(token.text.toLowerCase()),
    unexpected: (token, expected) =>
      new FilterRefusal(`Expected ${expected} but found ${token.kind === 'end' ? 'the end' : token.text.slice(0, 100)}`, token),
  };
  return cursor;
}
