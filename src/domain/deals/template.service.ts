import type { Actor } from '../../access/actor.ts';
import { type Querier, statement, type Tx } from '../../db/index.ts';
import { emit, type Happening, happening } from '../../events/index.ts';
import { conflict, notFound } from '../../kernel/fault.ts';
import type { Given, Ports } from '../given.ts';
import { touchDeal } from './deal.store.ts';
import { openProfile } from './opening.ts';
import type { Tasks } from './task.service.ts';
import type { DealTemplate, DealWithDetails, TemplateContent, TransactionType } from './types.ts';

type Full = DealTemplate & { content: TemplateContent };

/** Its own templates, and those that its office, its organisation or its association shares. */
const VISIBLE = `from deal_template t
  join profile own on own.org_id = t.org_id and own.id = t.profile_id
  join profile p on p.org_id = t.org_id and p.id = $2
  left join member m on m.org_id = p.org_id and m.id = p.member_id
  where t.org_id = $1 and t.deleted_at is null and (
    t.profile_id = p.id or own.member_id = p.member_id
    or (t.shared and (own.type in ('COMPANY', 'ASSOCIATION', 'NATIONAL_PARTNER') or own.office_id = m.office_id)))`;
const COLUMNS = `t.org_id, t.id, t.profile_id, t.name, t.transaction_type, t.shared, t.is_global, t.version, t.created_at, t.updated_at,
  t.deleted_at, t.created_by, t.created_door`;

const visible = statement<DealTemplate>('deal_template.visible', `select ${COLUMNS} ${VISIBLE} order by t.id`);
const oneVisible = statement<Full>('deal_template.one_visible', `select ${COLUMNS}, t.content ${VISIBLE} and t.id = $3`);
const globals = statement<Full>('deal_template.globals', `select ${COLUMNS}, t.content ${VISIBLE} and t.is_global order by t.id`);
const insert = statement<DealTemplate>(
  'deal_template.insert',
  `insert into deal_template as t (org_id, id, profile_id, name, transaction_type, shared, is_global, content, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('deal_template_id_seq')), $3, $4, $5, $6, $7, $8, $9, $9, $10, $11) returning ${COLUMNS}`,
);

/** Makes a deal's folders with documents; the documents slice does it. */
export type CopyFolders = (
  tx: Tx,
  what: Happening,
  deal: Pick<DealWithDetails, 'id' | 'property_id'>,
  folders: NonNullable<TemplateContent['folders']>,
) => Promise<void>;

export type TemplateApplier = {
  /** @throws Fault conflict `deal.template_unusable` */
  usable(q: Querier, actor: Actor, profileId: number, id: number): Promise<Full>;
  /** Applies the chosen template and every global one of that transaction type; answers how many tasks came. */
  apply(tx: Tx, what: Happening, deal: DealWithDetails, chosen: Full | undefined): Promise<number>;
};

const DAY = 86_400_000;

/** Templates are applied once, when a deal is made; there is no live link (domain-property §4.2). */
export function templatesService({ db, clock }: Ports, tasks: Tasks, copyFolders: CopyFolders) {
  const applyOne = async (tx: Tx, what: Happening, deal: DealWithDetails, content: TemplateContent): Promise<number> => {
    let count = 0;
    if (content.folders) await copyFolders(tx, what, deal, content.folders);
    for (const list of content.taskLists ?? []) {
      const made = await tasks.insertList(tx, what, deal.id, list.name);
      for (const item of list.tasks) {
        const due =
          item.dueInDays === undefined ? {} : { dueAt: new Date(midnight(what.at) + item.dueInDays * DAY), dueDateOnly: true };
        await tasks.insertTask(tx, what, deal.id, made.id, { name: item.name, ...due });
        count++;
      }
    }
    return count;
  };

  return {
    async usable(q: Querier, actor: Actor, profileId: number, id: number): Promise<Full> {
      const [template] = await q.rows(oneVisible, [actor.orgId, profileId, id]);
      if (!template)
        throw conflict('deal.template_unusable', `Loop template ${id} does not exist for this profile`, 'template_id');
      return template;
    },

    async apply(tx: Tx, what: Happening, deal: DealWithDetails, chosen: Full | undefined): Promise<number> {
      const everywhere = (await tx.rows(globals, [what.actor.orgId, deal.profile_id])).filter(
        (template) => template.transaction_type === deal.transaction_type && template.id !== chosen?.id,
      );
      let count = 0;
      for (const template of chosen ? [chosen, ...everywhere] : everywhere)
        count += await applyOne(tx, what, deal, template.content);
      if (count > 0) await touchDeal(tx, what.actor.orgId, deal.id, deal.updated_at, count);
      return count;
    },

    /** @throws Fault not_found `profile`; forbidden `profile.*` */
    async templates(actor: Actor, profileId: number): Promise<DealTemplate[]> {
      await openProfile(db, actor, profileId);
      return db.rows(visible, [actor.orgId, profileId]);
    },

    async template(actor: Actor, profileId: number, id: number): Promise<DealTemplate> {
      await openProfile(db, actor, profileId);
      const [found] = await db.rows(oneVisible, [actor.orgId, profileId, id]);
      if (!found) throw notFound('template');
      return found;
    },

    async addTemplate(
      actor: Actor,
      profileId: number,
      input: { name: string; transactionType: TransactionType; shared?: boolean; global?: boolean; content?: TemplateContent },
      given: Given = {},
    ): Promise<DealTemplate> {
      return db.tx(async (tx) => {
        const what = happening(actor, clock.now());
        const [row] = await tx.rows(insert, [
          actor.orgId,
          given.id ?? null,
          profileId,
          input.name,
          input.transactionType,
          input.shared ?? false,
          input.global ?? false,
          JSON.stringify(input.content ?? {}),
          given.createdAt ?? what.at,
          actor.kind === 'user' ? actor.id : null,
          actor.door,
        ]);
        const made = row as DealTemplate;
        await emit(tx, what, { noun: 'template', row_id: made.id, row_name: made.name, verb: 'created', changed: made });
        return made;
      });
    },
  };
}

const midnight = (at: Date) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
