import type { Cursor } from './cursor.ts';
import { FilterRefusal } from './faults.ts';
import { type Token, unquoted } from './tokens.ts';
import { type ArithmeticOp, type CallNode, type LiteralNode, type Node, wordTable } from './tree.ts';

/** Limits of contracts/spark.md §8.1; the last two are ours: the vendor names none. */
export const MOST_VALUES = 200;
const MOST_NESTED_CALLS = 5;
const MOST_PARENTHESES = 10;
const MOST_OPERATIONS = 50;

const SUMS = wordTable<ArithmeticOp>({ add: 'add', sub: 'sub' });
const PRODUCTS = wordTable<ArithmeticOp>({ mul: 'mul', div: 'div', mod: 'mod' });
export const ARITHMETIC = wordTable<ArithmeticOp | undefined>({ ...SUMS, ...PRODUCTS });
const CONSTANTS = wordTable<LiteralNode['type']>({ true: 'boolean', false: 'boolean', null: 'null' });

type Depth = { readonly calls: number; readonly parentheses: number };
const TOP: Depth = { calls: 0, parentheses: 0 };

type Ops = typeof ARITHMETIC;
const opOf = (token: Token, ops: Ops): ArithmeticOp | undefined =>
  token.kind === 'word' ? ops[token.text.toLowerCase()] : undefined;

function readLiteral({ kind, text, start, end }: Token): LiteralNode | undefined {
  switch (kind) {
    case 'character':
      return { kind: 'literal', type: 'character', text: unquoted(text), start, end };
    case 'integer':
    case 'decimal':
    case 'date':
    case 'datetime':
    case 'time':
      return { kind: 'literal', type: kind, text, start, end };
    case 'word': {
      const type = CONSTANTS[text.toLowerCase()];
      return type && { kind: 'literal', type, text: text.toLowerCase(), start, end };
    }
    default:
      return undefined;
  }
}

function readCall(cursor: Cursor, name: Token, depth: Depth): CallNode {
  if (depth.calls >= MOST_NESTED_CALLS)
    throw new FilterRefusal(`Functions nest at most ${MOST_NESTED_CALLS} levels deep`, name, 1041);
  cursor.take('open');
  const args: Node[] = [];
  if (cursor.peek().kind !== 'close')
    do {
      if (args.length >= MOST_VALUES)
        throw new FilterRefusal(`A function has at most ${MOST_VALUES} arguments`, cursor.peek(), 1041);
      args.push(readSum(cursor, { ...depth, calls: depth.calls + 1 }));
    } while (cursor.takeIf('comma'));
  const close = cursor.take('close');
  return { kind: 'call', name: name.text, args, start: name.start, end: close.end };
}

function readPrimary(cursor: Cursor, depth: Depth): Node {
  const token = cursor.next();
  if (token.kind === 'open') {
    if (depth.parentheses >= MOST_PARENTHESES)
      throw new FilterRefusal(`Parentheses around values nest at most ${MOST_PARENTHESES} levels deep`, token, 1041);
    const inner = readSum(cursor, { ...depth, parentheses: depth.parentheses + 1 });
    return { ...inner, start: token.start, end: cursor.take('close').end };
  }
  const literal = readLiteral(token);
  if (literal) return literal;
  if (token.kind === 'custom') return { kind: 'field', name: token.text, start: token.start, end: token.end };
  if (token.kind !== 'word') throw cursor.unexpected(token, 'a field or a value');
  if (cursor.peek().kind === 'open') return readCall(cursor, token, depth);
  if (cursor.isReserved(token)) throw cursor.unexpected(token, 'a field or a value');
  return { kind: 'field', name: token.text, start: token.start, end: token.end };
}

/** Any number of minus signs, which is read in a loop. */
function readSigned(cursor: Cursor, depth: Depth): Node {
  const start = cursor.peek().start;
  let negative = false;
  while (cursor.takeIf('minus')) negative = !negative;
  const of = readPrimary(cursor, depth);
  return negative ? { kind: 'negative', of, start, end: of.end } : of;
}

function readChain(cursor: Cursor, ops: Ops, readPart: () => Node): Node {
  let left = readPart();
  for (let op = opOf(cursor.peek(), ops); op; op = opOf(cursor.peek(), ops)) {
    const token = cursor.next();
    if (++cursor.operations > MOST_OPERATIONS)
      throw new FilterRefusal(`A filter has at most ${MOST_OPERATIONS} arithmetic operations`, token, 1041);
    const right = readPart();
    left = { kind: 'arithmetic', op, left, right, start: left.start, end: right.end };
  }
  return left;
}

/** Mul, Div and Mod bind closer than Add and Sub; equal ones from left to right. Depth is bounded, so the recursion is. */
export function readSum(cursor: Cursor, depth: Depth = TOP): Node {
  return readChain(cursor, SUMS, () => readChain(cursor, PRODUCTS, () => readSigned(cursor, depth)));
}
