import type { Actor } from '../../../access/actor.ts';
import type { Domain } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { valueAt } from '../../../wire/resource/spec.ts';

type Lies = { readonly latitude: number; readonly longitude: number };
const lies = (row: Row): row is Row & Lies => typeof row.latitude === 'number' && typeof row.longitude === 'number';
const authorityOf = (row: Row): string | undefined => {
  const id = valueAt(row, 'extras.reapit.localAuthorityCompanyId');
  return typeof id === 'string' ? id : undefined;
};

/** 75 KB of shapes, which nobody needs who has no property with a place. */
const zones = () => import('@photostructure/tz-lookup').then(({ default: zoneAt }) => zoneAt);

/**
 * For `attach`: what nobody writes and other members tell (contracts/reapit.md §4.3): the time zone where a property lies, and what its
 * local authority is called, which is one statement for a page that has any.
 */
export const withDerived =
  ({ records }: Domain) =>
  async (actor: Actor, rows: readonly Row[]): Promise<readonly Row[]> => {
    const zoneAt = rows.some(lies) ? await zones() : undefined;
    const authorities = await records.company.byCodes(
      actor,
      rows.flatMap((row) => authorityOf(row) ?? []),
    );
    const names = new Map(authorities.map(({ code, name }) => [code, name]));
    return rows.map((row) => ({
      ...row,
      local_time_zone: lies(row) ? zoneAt?.(row.latitude, row.longitude) : null,
      local_authority: names.get(authorityOf(row) ?? '') ?? null,
    }));
  };
