import { isStorable } from '../../../kernel/storable.ts';
import { compute, decimalText, negated, readDecimal } from './decimal.ts';
import { FilterRefusal } from './faults.ts';
import { callFunction } from './functions.ts';
import { readDate, readDatetime, readTime } from './moments.ts';
import type { ArithmeticOp, LiteralNode, Node, Span } from './tree.ts';
import { constant, mismatch, nameOf, type Result, type Setting, textOf, type Value } from './values.ts';

function readLiteral(node: LiteralNode, zone: string): Result {
  const must = (text: string | undefined) => {
    if (text === undefined) throw new FilterRefusal(`There is no ${node.type} ${node.text}`, node);
    return constant(node.type === 'null' ? 'character' : node.type, text);
  };
  switch (node.type) {
    case 'null':
      return { kind: 'null' };
    case 'boolean':
      return constant('boolean', node.text === 'true');
    case 'date':
      return must(readDate(node.text));
    case 'datetime':
      return must(readDatetime(node.text, zone));
    case 'time':
      return must(readTime(node.text));
    case 'character':
      return must(isStorable(node.text) ? node.text : undefined);
    default:
      return constant(node.type, decimalText(readDecimal(node.text)));
  }
}

const isNumber = (result: Result): result is Value =>
  result.kind === 'value' && (result.type === 'integer' || result.type === 'decimal');

function numberAt(node: Node, setting: Setting): Value {
  const result = evaluate(node, setting);
  if (!isNumber(result)) throw mismatch('integer or decimal', nameOf(result), node);
  return result;
}

function arithmetic(op: ArithmeticOp, left: Value, right: Value, at: Span): Value {
  const type = op !== 'div' && left.type === 'integer' && right.type === 'integer' ? 'integer' : 'decimal';
  const [a, b] = [textOf(left), textOf(right)];
  const isDivision = op === 'div' || op === 'mod';
  if (isDivision && b !== undefined && readDecimal(b).units === 0n) throw new FilterRefusal('Division by zero', at);
  if (a === undefined || b === undefined)
    return { kind: 'value', type, scalar: { kind: 'arithmetic', op, left: left.scalar, right: right.scalar } };
  const result = compute(op, readDecimal(a), readDecimal(b));
  if (!result) throw new FilterRefusal('Division by zero', at);
  return constant(type, decimalText(result));
}

function negative(value: Value): Value {
  const text = textOf(value);
  if (text !== undefined) return constant(value.type, decimalText(negated(readDecimal(text))));
  return { kind: 'value', type: value.type, scalar: { kind: 'negative', of: value.scalar } };
}

/**
 * What a part of a comparison comes to; constants are computed here. The depth of the tree is bounded by the reader, so the recursion is.
 * @throws FilterRefusal for unknown fields and functions, and for types that do not fit
 */
export function evaluate(node: Node, setting: Setting): Result {
  switch (node.kind) {
    case 'literal':
      return readLiteral(node, setting.zone);
    case 'field': {
      const field = setting.fields(node.name);
      if (!field) throw new FilterRefusal(`Unknown field ${node.name.slice(0, 100)}`, node);
      if (field.type === 'shape') return { kind: 'place', name: field.name };
      return { kind: 'value', type: field.type, scalar: { kind: 'field', name: field.name } };
    }
    case 'call':
      return callFunction(
        node,
        node.args.map((arg) => evaluate(arg, setting)),
        setting,
      );
    case 'arithmetic':
      return arithmetic(node.op, numberAt(node.left, setting), numberAt(node.right, setting), node);
    case 'negative':
      return negative(numberAt(node.of, setting));
  }
}

/** Is there a field in it, anywhere? */
export function hasField(node: Node): boolean {
  switch (node.kind) {
    case 'field':
      return true;
    case 'call':
      return node.args.some(hasField);
    case 'arithmetic':
      return hasField(node.left) || hasField(node.right);
    case 'negative':
      return hasField(node.of);
    default:
      return false;
  }
}
