import { type Criteria, conditionOf } from '../../../domain/index.ts';
import type { Condition, Literal, Point, Scalar, Shape } from '../../../kernel/condition.ts';
import { findStandardField, STANDARD_FIELD_NAMES } from '../standard-fields.ts';

const NAMES = new Map(STANDARD_FIELD_NAMES.map((name) => [findStandardField(name)?.field, name]));
const OPERATORS = { eq: 'Eq', ne: 'Ne', gt: 'Gt', ge: 'Ge', lt: 'Lt', le: 'Le' } as const;

const quoted = (text: string) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
const literal = ({ value }: Literal) => (typeof value === 'string' ? quoted(value) : String(value));
const degrees = ({ latitude, longitude }: Point) => `${latitude} ${longitude}`;
const pairs = (points: readonly Point[]) => quoted(points.map(degrees).join(', '));

function shape(of: Shape): string {
  switch (of.kind) {
    case 'polygon':
      return `polygon(${pairs(of.points)})`;
    case 'line':
      return `linestring(${pairs(of.points)})`;
    case 'rectangle':
      return `rectangle(${pairs([of.from, of.to])})`;
    case 'circle':
      return `radius(${quoted(degrees(of.centre))}, ${of.miles})`;
  }
}

function value(of: Scalar): string {
  if (of.kind === 'literal') return literal(of);
  const name = of.kind === 'field' ? NAMES.get(of.name) : undefined;
  if (name === undefined) throw new Error('Criteria ask for fields and values that SparkQL has');
  return name;
}

function text(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
      return condition.of.map(text).join(' And ');
    case 'or':
      return `(${condition.of.map(text).join(' Or ')})`;
    case 'compare':
      return `${value(condition.left)} ${OPERATORS[condition.op]} ${value(condition.right)}`;
    case 'among':
      return `${value(condition.left)} Eq ${condition.values.map(value).join(',')}`;
    case 'between':
      return `${value(condition.left)} Bt ${value(condition.least)},${value(condition.most)}`;
    case 'contains':
      return `${value(condition.left)} Eq contains(${quoted(condition.text)})`;
    case 'inside':
      return `Location Eq ${shape(condition.shape)}`;
    default:
      throw new Error(`Criteria ask no ${condition.kind}`);
  }
}

/** SparkQL of a search that was made through a door without it; null for one that finds everything (domain-property §7.1). */
export const filterOf = (criteria: Criteria): string | null => text(conditionOf(criteria)) || null;
