import type { Actor } from '../../../access/actor.ts';
import type { AgencyList, Domain } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';

/**
 * For `attach`: what an option list says about the type of each row, as `type_name` and `type_letter` (the clause as letters print it).
 * One statement a page.
 */
export const withOptionWords =
  ({ lookups }: Domain, list: AgencyList) =>
  async (actor: Actor, rows: readonly Row[]): Promise<readonly Row[]> => {
    const options = new Map((await lookups.options(actor, [list]))[list].map((option) => [option.code, option]));
    return rows.map((row) => {
      const option = options.get(String(row.type_code));
      return { ...row, type_name: option?.name ?? null, type_letter: option?.more?.letterText ?? null };
    });
  };
