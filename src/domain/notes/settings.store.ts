import { type Querier, statement } from '../../db/index.ts';
import { LEAST_LIMIT } from './note-text.ts';

export type NoteSettings = {
  /** characters of a note; never less than every organisation takes */
  readonly limit: number;
  /** notes are shared with contacts that have a portal account, and with nobody else */
  readonly needsLogin: boolean;
};

const read = statement<{ limit: unknown; needsLogin: unknown }>(
  'note.settings',
  `select settings->'spark'->'noteLength' as "limit", settings->'spark'->'requirePortalAccount' as "needsLogin"
   from organisation where id = $1`,
);

/** `spark.noteLength` and `spark.requirePortalAccount` of an organisation's settings (contracts/spark.md §9.2, §9.4). */
export async function readSettings(q: Querier, orgId: number): Promise<NoteSettings> {
  const [row] = await q.rows(read, [orgId]);
  const limit = Number.isInteger(row?.limit) ? Number(row?.limit) : LEAST_LIMIT;
  return { limit: Math.max(LEAST_LIMIT, limit), needsLogin: row?.needsLogin === true };
}
