import type { Condition, Scalar } from '../../kernel/condition.ts';
import type { Row } from '../../kernel/record.ts';

const lower = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);

const scalarOf = (scalar: Scalar, row: Row): unknown => {
  if (scalar.kind === 'literal') return lower(scalar.value);
  if (scalar.kind === 'field') return lower(row[scalar.name]);
  throw new Error('Rows in memory are compared by their columns alone');
};

/** Does a row of a short list that is kept in memory meet the condition? The forms that plain filters make. */
export function meets(condition: Condition, row: Row): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.of.every((part) => meets(part, row));
    case 'or':
      return condition.of.some((part) => meets(part, row));
    case 'not':
      return !meets(condition.of, row);
    case 'among': {
      const own = scalarOf(condition.left, row);
      return condition.values.some((value) => scalarOf(value, row) === own);
    }
    case 'missing':
      return scalarOf(condition.left, row) === null || scalarOf(condition.left, row) === undefined;
    case 'contains':
      return String(scalarOf(condition.left, row) ?? '').includes(condition.text.toLowerCase());
    case 'contains_any': {
      const asked = new Set(condition.values.map((value) => value.toLowerCase()));
      const own = row[condition.field];
      return Array.isArray(own) && own.some((value) => asked.has(String(value).toLowerCase()));
    }
    default:
      throw new Error(`Rows in memory are not asked for ${condition.kind}`);
  }
}
