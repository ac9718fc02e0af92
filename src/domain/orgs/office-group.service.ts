import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import { conflict, forbidden, invalidMember } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';

/** Offices of one organisation that an application can be let in for (domain-people §2.1). */
export type OfficeGroup = { readonly id: number; readonly code: string; readonly name: string; readonly office_ids: number[] };

const CODE = /^[A-Z0-9]{1,10}$/;

const list = statement<OfficeGroup>(
  'office_group.list',
  'select id, code, name, office_ids from office_group where org_id = $1 and deleted_at is null order by code',
);
const offices = statement<{ id: number; code: string }>(
  'office_group.offices',
  'select id, code from office where org_id = $1 and code = any ($2::text[]) and deleted_at is null',
);
const insert = statement<OfficeGroup>(
  'office_group.insert',
  `insert into office_group (org_id, code, name, office_ids, created_at, updated_at, created_by, created_door)
   values ($1, $2, $3, $4, $5, $5, $6, $7)
   on conflict (org_id, code) where deleted_at is null do nothing returning id, code, name, office_ids`,
);

export function officeGroupsService({ db, clock }: Ports) {
  return {
    /** By code. */
    officeGroups: (actor: Actor): Promise<readonly OfficeGroup[]> => db.rows(list, [actor.orgId]),

    /**
     * @param input.offices codes
     * @throws Fault forbidden `office_group.not_administrator`; invalid at `code`, `name` or `offices`; conflict `office_group.code_taken`
     */
    async createOfficeGroup(
      actor: Actor,
      input: { code: string; name: string; offices: readonly string[] },
    ): Promise<OfficeGroup> {
      if (!actor.administrator)
        throw forbidden('office_group.not_administrator', 'Only an administrator makes groups of offices');
      const [code, wanted] = [input.code.toUpperCase(), input.offices.map((office) => office.toUpperCase())];
      if (!CODE.test(code)) throw invalidMember('code', 'form', 'The code of a group is up to ten letters and digits');
      if (input.name.trim() === '') throw invalidMember('name', 'required', 'A group needs a name');
      if (wanted.length === 0) throw invalidMember('offices', 'required', 'A group needs an office');
      return db.tx(async (tx) => {
        const found = new Map((await tx.rows(offices, [actor.orgId, wanted])).map((office) => [office.code, office.id]));
        const missing = wanted.find((office) => !found.has(office));
        if (missing !== undefined) throw invalidMember('offices', 'value', `There is no office with the code ${missing}`);
        const what = happening(actor, clock.now());
        const values = [actor.orgId, code, input.name, wanted.map((office) => found.get(office)), what.at, actor.id, actor.door];
        const [made] = await tx.rows(insert, values);
        if (!made) throw conflict('office_group.code_taken', `There is a group with the code ${code} already`, 'code');
        await emit(tx, what, { noun: 'office_group', row_id: made.id, row_name: made.name, verb: 'created', changed: made });
        return made;
      });
    },
  };
}
