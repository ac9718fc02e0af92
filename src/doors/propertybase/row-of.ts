import type { Row } from '../../kernel/record.ts';
import type { Caller } from './desk.ts';
import type { Resource } from './resource.ts';

/** The row of an id, whatever of it the resource shows. */
export async function rowOf(source: Pick<Resource['source'], 'list'>, { actor }: Caller, id: number): Promise<Row | undefined> {
  const page = await source.list(actor, { where: { kind: 'ids', ids: [id] }, order: [], limit: 1, offset: 0, total: false });
  return page.rows[0];
}
