export { type Catalogue, type Collection, compileCondition, type Field } from './condition.ts';
export { connect } from './connect.ts';
export { inside } from './inside.ts';
export { type List, listRows } from './list.ts';
export { migrate, pendingMigrations } from './migrate.ts';
export type { CompiledQuery, Db, Querier, Statement, Tx } from './querier.ts';
export { build, statement } from './querier.ts';
export { milesFromSql } from './shape.ts';
export type { Tables } from './tables.ts';
