import { CONNECTIVES, type Cursor, makeCursor, OPERATORS } from './cursor.ts';
import { explained, FilterRefusal } from './faults.ts';
import { ARITHMETIC, MOST_VALUES, readSum } from './parse-value.ts';
import { readTokens } from './tokens.ts';
import type { Comparison, Filter, Node } from './tree.ts';

const MOST_COMPARISONS = 75;
const MOST_LEVELS = 2;
const MOST_VALUE_LEVELS = 10;

/** Does the parenthesis at the cursor begin a value, `(ListPrice Add 1) Gt 5`, or a group of comparisons? */
function opensValue(cursor: Cursor): boolean {
  const behind = cursor.behindParenthesis();
  const word = behind.kind === 'word' ? behind.text.toLowerCase() : '';
  return Object.hasOwn(OPERATORS, word) || Object.hasOwn(ARITHMETIC, word);
}

/** Values with commas between; the whole list may stand in parentheses. */
function readValues(cursor: Cursor, level = 0): Node[] {
  if (cursor.peek().kind === 'open' && level < MOST_VALUE_LEVELS) {
    const behind = cursor.behindParenthesis();
    const goesOn = behind.kind === 'comma' || (behind.kind === 'word' && Object.hasOwn(ARITHMETIC, behind.text.toLowerCase()));
    if (!goesOn) {
      cursor.next();
      const inner = readValues(cursor, level + 1);
      cursor.take('close');
      return inner;
    }
  }
  const values: Node[] = [];
  do {
    if (values.length >= MOST_VALUES) throw new FilterRefusal(`A list has at most ${MOST_VALUES} values`, cursor.peek(), 1041);
    values.push(readSum(cursor));
  } while (cursor.takeIf('comma'));
  return values;
}

function readComparison(source: string, cursor: Cursor): Comparison {
  const start = cursor.peek().start;
  if (++cursor.comparisons > MOST_COMPARISONS)
    throw new FilterRefusal(`A filter has at most ${MOST_COMPARISONS} comparisons`, cursor.peek(), 1041);
  return explained(source, { start, end: start }, () => {
    const left = readSum(cursor);
    const said = cursor.next();
    const op = said.kind === 'word' ? OPERATORS[said.text.toLowerCase()] : undefined;
    if (!op) throw cursor.unexpected(said, 'an operator');
    const right = readValues(cursor);
    const end = right.at(-1)?.end ?? said.end;
    if (op === 'bt' && right.length !== 2) throw new FilterRefusal(`${said.text} needs two bounds, found ${right.length}`, said);
    return { kind: 'comparison', left, op, said: said.text, right, start, end };
  });
}

/** `[Not] comparison` or `[Not] ( filter )`; several Not are read in a loop. */
function readTerm(source: string, cursor: Cursor, level: number): Filter {
  let negative = false;
  while (cursor.word() === 'not') {
    cursor.next();
    negative = !negative;
  }
  let term: Filter;
  if (cursor.peek().kind === 'open' && !opensValue(cursor)) {
    const open = cursor.next();
    if (level >= MOST_LEVELS) throw new FilterRefusal(`Parentheses nest at most ${MOST_LEVELS} levels deep`, open, 1041);
    term = readAlternatives(source, cursor, level + 1);
    cursor.take('close');
  } else term = readComparison(source, cursor);
  return negative ? { kind: 'not', of: term } : term;
}

/** And binds closer than Or; `A Not B` is `A And Not B`. */
function readAlternatives(source: string, cursor: Cursor, level: number): Filter {
  const alternatives: Filter[][] = [[readTerm(source, cursor, level)]];
  for (let word = cursor.word(); CONNECTIVES.has(word); word = cursor.word()) {
    // The Not of `A Not B` is the term's own.
    if (word !== 'not') cursor.next();
    const term = readTerm(source, cursor, level);
    if (word === 'or') alternatives.push([term]);
    else alternatives.at(-1)?.push(term);
  }
  const groups = alternatives.map((of): Filter => (of.length === 1 && of[0] ? of[0] : { kind: 'and', of }));
  return groups.length === 1 && groups[0] ? groups[0] : { kind: 'or', of: groups };
}

/** The tree of a filter; undefined for an empty one. @throws SparkFault 1040, 1041 */
export function parseFilter(source: string): Filter | undefined {
  return explained(source, { start: 0, end: 0 }, () => {
    const cursor = makeCursor(readTokens(source));
    if (cursor.peek().kind === 'end') return undefined;
    const filter = readAlternatives(source, cursor, 0);
    const rest = cursor.next();
    if (rest.kind !== 'end') throw cursor.unexpected(rest, 'And, Or, Not or the end');
    return filter;
  });
}

/** Every comparison of the tree; depth is bounded by the levels of parentheses. */
export function comparisonsOf(filter: Filter): Comparison[] {
  if (filter.kind === 'comparison') return [filter];
  return filter.kind === 'not' ? comparisonsOf(filter.of) : filter.of.flatMap(comparisonsOf);
}
