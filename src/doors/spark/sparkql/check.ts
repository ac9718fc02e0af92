import type { Condition, Scalar } from '../../../kernel/condition.ts';
import { evaluate, hasField } from './evaluate.ts';
import { FilterRefusal } from './faults.ts';
import type { Comparison, Node } from './tree.ts';
import { coerced, mismatch, nameOf, type Result, type Setting, type Value } from './values.ts';

/** What the vendor lets be compared by size (contracts/spark.md §8.1). */
const ORDERED = new Set(['integer', 'decimal', 'date', 'datetime', 'time']);
const LISTED = new Set(['integer', 'decimal', 'character']);

const not = (of: Condition): Condition => ({ kind: 'not', of });
const anyOf = (of: readonly Condition[]): Condition => (of.length === 1 && of[0] ? of[0] : { kind: 'or', of });

const refuseOperator = ({ said }: Comparison, type: string, at: Node) =>
  new FilterRefusal(`${said} does not compare values of type ${type}`, at);

/** Fields stand on the left, and on the right only inside functions (§8.1: condition). */
function refuseFieldAlone(node: Node): void {
  if (node.kind === 'field') throw new FilterRefusal(`Expected a value but found the field ${node.name.slice(0, 100)}`, node);
  if (node.kind === 'negative') refuseFieldAlone(node.of);
  if (node.kind === 'arithmetic') {
    refuseFieldAlone(node.left);
    refuseFieldAlone(node.right);
  }
}

/** The values of a list that are plain become one `among`; the rest are asked one by one. */
function equality(comparison: Comparison, left: Value, rights: readonly Result[], { zone }: Setting): Condition {
  const plain = new Map<Scalar, Scalar[]>();
  const asked: Condition[] = [];
  for (const [i, right] of rights.entries()) {
    const node = comparison.right[i] as Node;
    if (right.kind === 'null') asked.push({ kind: 'missing', left: left.scalar });
    else if (right.kind === 'matcher') {
      if (left.type !== 'character') throw mismatch(left.type, 'character', node);
      asked.push(right.test(left.scalar));
    } else if (right.kind === 'value') {
      const [a, b] = coerced(left, right, zone, node);
      const known = plain.get(a.scalar);
      if (known) known.push(b.scalar);
      else plain.set(a.scalar, [b.scalar]);
    } else throw mismatch(left.type, nameOf(right), node);
  }
  for (const [scalar, values] of plain) {
    const [only] = values;
    asked.push(
      values.length === 1 && only
        ? { kind: 'compare', op: 'eq', left: scalar, right: only }
        : { kind: 'among', left: scalar, values },
    );
  }
  return anyOf(asked);
}

function checkList({ right }: Comparison, rights: readonly Result[]): void {
  if (rights.length < 2) return;
  for (const [i, result] of rights.entries()) {
    const node = right[i] as Node;
    const fits = node.kind === 'call' || (result.kind === 'value' && LISTED.has(result.type));
    if (!fits) throw new FilterRefusal(`A list holds character, integer or decimal values, not ${nameOf(result)}`, node);
  }
}

function compareShapes(comparison: Comparison, name: string, rights: readonly Result[]): Condition {
  if (comparison.op !== 'eq' && comparison.op !== 'ne') throw refuseOperator(comparison, 'shape', comparison.left);
  const tests = rights.map((right, i): Condition => {
    if (right.kind === 'null') return { kind: 'missing', left: { kind: 'field', name } };
    if (right.kind !== 'shape') throw mismatch('shape', nameOf(right), comparison.right[i] as Node);
    return right.test;
  });
  return comparison.op === 'eq' ? anyOf(tests) : not(anyOf(tests));
}

function compareSizes(comparison: Comparison, left: Value, rights: readonly Result[], { zone }: Setting): Condition {
  const values = rights.map((right, i) => {
    const node = comparison.right[i] as Node;
    if (right.kind !== 'value') {
      if (right.kind === 'null') throw refuseOperator(comparison, 'null', node);
      throw mismatch(left.type, nameOf(right), node);
    }
    const pair = coerced(left, right, zone, node);
    for (const { type } of pair) if (!ORDERED.has(type)) throw refuseOperator(comparison, type, node);
    return pair;
  });
  const [first, second] = values;
  if (!first) throw new FilterRefusal('A value is missing', comparison);
  if (comparison.op !== 'bt') {
    if (second) throw new FilterRefusal(`${comparison.said} takes one value, not a list`, comparison.right[1] as Node);
    const [a, b] = first;
    return { kind: 'compare', op: comparison.op, left: a.scalar, right: b.scalar };
  }
  if (!second) throw new FilterRefusal(`${comparison.said} needs two bounds`, comparison);
  const [a, least] = first;
  const [b, most] = second;
  // A date field between a date and a moment: each bound has its own form of the field.
  if (a.scalar === b.scalar) return { kind: 'between', left: a.scalar, least: least.scalar, most: most.scalar };
  return {
    kind: 'and',
    of: [
      { kind: 'compare', op: 'ge', left: a.scalar, right: least.scalar },
      { kind: 'compare', op: 'le', left: b.scalar, right: most.scalar },
    ],
  };
}

/** One comparison in the domain's words. @throws FilterRefusal */
export function checkComparison(comparison: Comparison, setting: Setting): Condition {
  const left = evaluate(comparison.left, setting);
  comparison.right.forEach(refuseFieldAlone);
  const rights = comparison.right.map((node) => evaluate(node, setting));
  if (left.kind === 'place') return compareShapes(comparison, left.name, rights);
  if (left.kind !== 'value') throw new FilterRefusal(`Expected a field but found ${nameOf(left)}`, comparison.left);
  if (!hasField(comparison.left) && !comparison.right.some(hasField))
    throw new FilterRefusal('A comparison must contain a field', comparison.left);
  if (comparison.op !== 'eq' && comparison.op !== 'ne') return compareSizes(comparison, left, rights, setting);
  checkList(comparison, rights);
  const equal = equality(comparison, left, rights, setting);
  if (comparison.op === 'eq') return equal;
  return equal.kind === 'compare' ? { ...equal, op: 'ne' } : not(equal);
}
