/** Types of values in filters (contracts/spark.md §8.1). */
export type SparkType = 'character' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'time' | 'null' | 'shape';

/** Where something stands in the text of the filter. */
export type Span = { readonly start: number; readonly end: number };

export type LiteralNode = Span & {
  readonly kind: 'literal';
  readonly type: Exclude<SparkType, 'shape'>;
  /** of a character literal the text between its quotes; else as written */
  readonly text: string;
};
export type FieldNode = Span & { readonly kind: 'field'; readonly name: string };
export type CallNode = Span & { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] };
export type ArithmeticOp = 'add' | 'sub' | 'mul' | 'div' | 'mod';
export type Node =
  | LiteralNode
  | FieldNode
  | CallNode
  | (Span & { readonly kind: 'arithmetic'; readonly op: ArithmeticOp; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'negative'; readonly of: Node });

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'bt';
export type Comparison = Span & {
  readonly kind: 'comparison';
  readonly left: Node;
  readonly op: Operator;
  /** the operator as written, for messages */
  readonly said: string;
  /** one, a list, or the two bounds of Bt */
  readonly right: readonly Node[];
};
export type Filter =
  | Comparison
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] };

/** A table by words of a filter: `constructor` and its like, which every object has, are none of them. */
export const wordTable = <T>(words: Readonly<Record<string, T>>): Readonly<Record<string, T | undefined>> =>
  Object.assign(Object.create(null), words);
