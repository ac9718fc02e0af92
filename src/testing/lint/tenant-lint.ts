import { loadModule, parseSync } from 'libpg-query';

/** A table of the tenants that a statement does not tie to one organisation. */
export type Untied = { readonly table: string; readonly alias: string };

/** A node of the parser's tree: one member, named by its kind. Read loosely, because PostgreSQL has four hundred kinds. */
type Node = Readonly<Record<string, unknown>>;

const TENANT_KEY = 'org_id';
const STATEMENT = /^(Select|Update|Delete|Insert|Merge)Stmt$/;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodeAt = (node: Node, name: string): Node | undefined => {
  const value = node[name];
  return isNode(value) ? value : undefined;
};
const listAt = (node: Node, name: string): Node[] => {
  const value = node[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
};
const textAt = (node: Node | undefined, name: string): string | undefined => {
  const value = node?.[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * table → its columns that lead to one organisation: first the one that says whose a row is, then those that name one row among all
 * organisations, such as the hash of a secret
 */
export type Tenants = ReadonlyMap<string, readonly [key: string, ...entrances: string[]]>;

/** One side of a comparison. What is no column of this level's tables is a value. */
type Side = 'value' | 'unknown' | { readonly alias: string; readonly as: 'key' | 'entrance' | 'column' };

/** One query level: its tables, and which of them are known to belong to the organisation of the call. */
class Level {
  /** alias → table */
  readonly tables = new Map<string, string>();
  /** alias → the subquery that stands for a table */
  readonly derived = new Map<string, Node>();
  /** whoever knows the first knows the second */
  /** conditions of its joins and functions in FROM, which may hold queries of their own */
  readonly besides: unknown[] = [];
  readonly #leads: [string, string][] = [];
  readonly #tied = new Set<string>();

  equate(one: Side, other: Side): void {
    this.#lead(one, other);
    this.#lead(other, one);
  }

  #lead(from: Side, to: Side): void {
    if (typeof to === 'string' || to.as === 'column' || from === 'unknown') return;
    if (from === 'value') this.#tied.add(to.alias);
    else if (from.as === 'key' || to.as === 'entrance') this.#leads.push([from.alias, to.alias]);
  }

  /** @param roots aliases that are known beforehand */
  tied(roots: Iterable<string>): Set<string> {
    const known = new Set([...this.#tied, ...roots]);
    // What is no table of this level is a CTE or a row of an outer level, which are looked at where they stand.
    for (const alias of this.#leads.flat()) if (!this.tables.has(alias) && !this.derived.has(alias)) known.add(alias);
    for (let before = -1; before !== known.size; ) {
      before = known.size;
      for (const [one, other] of this.#leads) if (known.has(one)) known.add(other);
    }
    return known;
  }
}

class Reader {
  readonly #tenants: Tenants;
  readonly #named: Set<string>;

  constructor(tenants: Tenants, named: ReadonlySet<string> = new Set()) {
    this.#tenants = tenants;
    this.#named = new Set(named);
  }

  /** Every query in a tree, each as a level of its own. */
  read(value: unknown): Untied[] {
    if (Array.isArray(value)) return value.flatMap((one) => this.read(one));
    if (!isNode(value)) return [];
    return Object.entries(value).flatMap(([kind, inner]) =>
      isNode(inner) && STATEMENT.test(kind) ? this.#readQuery(kind, inner, false) : this.read(inner),
    );
  }

  /** @param asked whether the level around compares the key that this query answers */
  #readQuery(kind: string, query: Node, asked: boolean): Untied[] {
    for (const { CommonTableExpr } of listAt(nodeAt(query, 'withClause') ?? {}, 'ctes'))
      this.#named.add(textAt(CommonTableExpr as Node, 'ctename') ?? '');
    // Both arms of a union are given bare, not under their kind.
    const arms = ['larg', 'rarg']
      .map((arm) => nodeAt(query, arm))
      .filter((arm) => arm !== undefined)
      .flatMap((arm) => this.#readQuery('SelectStmt', arm, asked));
    const level = new Level();
    const target = nodeAt(query, 'relation');
    const inserted = target && kind === 'InsertStmt' ? this.#readInsert(target, query) : [];
    if (target && kind !== 'InsertStmt') this.#addTable(level, target);
    for (const from of [...listAt(query, 'fromClause'), ...listAt(query, 'usingClause')]) this.#addFrom(level, from);
    for (const place of ['whereClause', 'joinCondition']) this.#addTruth(level, query[place]);
    if (asked)
      for (const { ResTarget } of listAt(query, 'targetList'))
        level.equate(this.#sideOf(level, (ResTarget as Node).val), 'value');
    const rest = Object.entries(query).filter(([name]) => !['larg', 'rarg', 'fromClause', 'usingClause'].includes(name));
    return [
      ...arms,
      ...inserted,
      ...this.#untiedOf(level),
      ...this.read(level.besides),
      ...rest.flatMap(([, inner]) => this.read(inner)),
    ];
  }

  #untiedOf(level: Level): Untied[] {
    // A subquery in FROM is tied by itself, or by what the level around compares its key with.
    const derived = [...level.derived].map(([alias, query]) => ({ alias, query, alone: this.#inside(query, false) }));
    const roots = derived.filter(({ alone }) => alone.length === 0).map(({ alias }) => alias);
    const tied = level.tied(roots);
    return [
      ...[...level.tables].filter(([alias]) => !tied.has(alias)).map(([alias, table]) => ({ table, alias })),
      ...derived.flatMap(({ alias, query, alone }) => (tied.has(alias) && alone.length > 0 ? this.#inside(query, true) : alone)),
    ];
  }

  #inside = (query: Node, asked: boolean): Untied[] =>
    new Reader(this.#tenants, this.#named).#readQuery('SelectStmt', query, asked);

  /** A new row names its organisation; where it may meet an old one, they meet by a key that begins with it. */
  #readInsert(target: Node, query: Node): Untied[] {
    const table = textAt(target, 'relname') ?? '';
    const [key] = this.#tenants.get(table) ?? [];
    // Whoever adds an organisation is in none.
    if (key !== TENANT_KEY) return [];
    const columns = listAt(query, 'cols').map(({ ResTarget }) => textAt(ResTarget as Node, 'name'));
    const conflict = nodeAt(query, 'onConflictClause');
    const met = listAt(nodeAt(conflict ?? {}, 'infer') ?? {}, 'indexElems').map(({ IndexElem }) =>
      textAt(IndexElem as Node, 'name'),
    );
    const changes = conflict?.action === 'ONCONFLICT_UPDATE';
    return columns.includes(key) && (!changes || met.includes(key)) ? [] : [{ table, alias: table }];
  }

  #addTable(level: Level, range: Node): void {
    const table = textAt(range, 'relname') ?? '';
    if (this.#tenants.has(table) && !this.#named.has(table))
      level.tables.set(textAt(nodeAt(range, 'alias'), 'aliasname') ?? table, table);
  }

  #addFrom(level: Level, from: Node): void {
    const table = nodeAt(from, 'RangeVar');
    if (table) this.#addTable(level, table);
    const derived = nodeAt(from, 'RangeSubselect');
    const query = nodeAt(nodeAt(derived ?? {}, 'subquery') ?? {}, 'SelectStmt');
    if (derived && query) level.derived.set(textAt(nodeAt(derived, 'alias'), 'aliasname') ?? '', query);
    level.besides.push(nodeAt(from, 'RangeFunction'));
    const join = nodeAt(from, 'JoinExpr');
    if (!join) return;
    const sides = ['larg', 'rarg'].map((side) => nodeAt(join, side) ?? {});
    for (const side of sides) this.#addFrom(level, side);
    this.#addTruth(level, join.quals);
    level.besides.push(join.quals);
    if (!listAt(join, 'usingClause').some(({ String: word }) => textAt(word as Node, 'sval') === TENANT_KEY)) return;
    const [left = [], right = []] = sides.map(namesIn);
    for (const one of left) for (const other of right) level.equate({ alias: one, as: 'key' }, { alias: other, as: 'key' });
  }

  /** What must hold for every row: the parts of an AND, nothing of an OR or a NOT. */
  #addTruth(level: Level, truth: unknown): void {
    if (!isNode(truth)) return;
    const both = nodeAt(truth, 'BoolExpr');
    if (both?.boolop === 'AND_EXPR') for (const part of listAt(both, 'args')) this.#addTruth(level, part);
    const comparison = nodeAt(truth, 'A_Expr');
    if (comparison && listAt(comparison, 'name').some(({ String: word }) => textAt(word as Node, 'sval') === '=')) {
      const [left, right] = [membersOf(comparison.lexpr), membersOf(comparison.rexpr)];
      const paired = left.length === right.length;
      for (const [n, one] of left.entries())
        level.equate(this.#sideOf(level, one), paired ? this.#sideOf(level, right[n]) : 'value');
    }
    // `(org_id, id) in (select …)`: the subquery is looked at where it stands.
    const linked = nodeAt(truth, 'SubLink');
    if (linked?.subLinkType === 'ANY_SUBLINK')
      for (const one of membersOf(linked.testexpr)) level.equate(this.#sideOf(level, one), 'value');
  }

  #sideOf(level: Level, value: unknown): Side {
    const column = isNode(value) ? nodeAt(value, 'ColumnRef') : undefined;
    if (!column) return 'value';
    const [name = '', alias] = listAt(column, 'fields')
      .map(({ String: word }) => textAt(word as Node, 'sval') ?? '')
      .reverse();
    if (alias === undefined) {
      // Only one table of a level can have a column that is named bare.
      const [owner] = [...level.tables].filter(([, table]) => this.#tenants.get(table)?.includes(name));
      return owner ? { alias: owner[0], as: this.#sortOf(owner[1], name) } : 'unknown';
    }
    const table = level.tables.get(alias);
    if (table !== undefined) return { alias, as: this.#sortOf(table, name) };
    return name === TENANT_KEY || level.derived.has(alias) ? { alias, as: name === TENANT_KEY ? 'key' : 'column' } : 'value';
  }

  #sortOf(table: string, column: string): 'key' | 'entrance' | 'column' {
    const place = this.#tenants.get(table)?.indexOf(column) ?? -1;
    return place === 0 ? 'key' : place > 0 ? 'entrance' : 'column';
  }
}

/** Aliases of what a join brings together. */
function namesIn(from: Node): string[] {
  const join = nodeAt(from, 'JoinExpr');
  if (join) return ['larg', 'rarg'].flatMap((side) => namesIn(nodeAt(join, side) ?? {}));
  const [range] = Object.values(from).filter(isNode);
  const name = range && (textAt(nodeAt(range, 'alias'), 'aliasname') ?? textAt(range, 'relname'));
  return name === undefined ? [] : [name];
}

/** The members of a row comparison, or the one side. */
function membersOf(side: unknown): unknown[] {
  const row = isNode(side) ? nodeAt(side, 'RowExpr') : undefined;
  return row ? listAt(row, 'args') : [side];
}

/** Once in a process, before the first statement is read. */
export const loadLint = loadModule;

/**
 * The tables of tenants that a statement reads or changes without being tied to one organisation: their key is compared with a value, or
 * with that of a table which is. A comparison inside OR or NOT ties nothing.
 */
export const untiedIn = (sql: string, tenants: Tenants): Untied[] => new Reader(tenants).read(parseSync(sql));
