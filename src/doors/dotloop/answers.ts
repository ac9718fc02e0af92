import type { Answer } from '../../wire/answer.ts';

/** The four forms of an answer [seed, all sections]. */
export const single = (data: unknown): Answer => ({ status: 200, json: { data } });
export const created = (data: unknown): Answer => ({ status: 201, json: { data } });
/** `total` is the number of rows in the whole list; the length of the rows where a list does not page. */
export const list = (data: readonly unknown[], total: number = data.length): Answer => ({
  status: 200,
  json: { meta: { total }, data },
});
export const gone: Answer = { status: 204 };
