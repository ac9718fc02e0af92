import { sortValues } from '../../domain/index.ts';
import { codeOfMember } from '../data/staff.ts';
import type { Stage } from '../stage.ts';
import type { DealPart, LoopBeats } from '../story/beats.ts';
import { blobOf } from '../story/papers-kept.ts';
import { eventRow } from './event-rows.ts';
import type { Row } from './insert-rows.ts';

/** Rows by table, in the order in which tables refer to each other. */
export type LoopRows = Record<
  'deal' | 'profile_deal' | 'participant' | 'folder' | 'document' | 'document_version' | 'task_list' | 'task' | 'event',
  Row[]
>;
export const noRows = (): LoopRows => ({
  deal: [],
  profile_deal: [],
  participant: [],
  folder: [],
  document: [],
  document_version: [],
  task_list: [],
  task: [],
  event: [],
});

const PART: Record<DealPart['kind'], string> = {
  participant: 'participant',
  folder: 'folder',
  document: 'document',
  list: 'tasklist',
  task: 'task',
};

/** The rows that the services leave when they are told these beats one by one (test/sandbox/bulk.test.ts compares). */
export async function addLoopRows(stage: Stage, { plan, beats }: LoopBeats, rows: LoopRows): Promise<void> {
  const { orgId } = stage;
  const { owner, id, profileId } = plan;
  const made = { created_by: owner.userId, created_door: 'portico' };
  const positions = new Map<number, number>();
  const next = (of: number) => {
    const position = (positions.get(of) ?? 0) + 1;
    positions.set(of, position);
    return position;
  };
  const folders = new Map<number, { row: Row & { updated_at: Date; version: number } }>();
  const deal = {
    org_id: orgId,
    id,
    profile_id: profileId,
    name: plan.name,
    transaction_type: plan.type,
    status: plan.first,
    details: {},
    task_count: 0,
    done_task_count: 0,
    version: 0,
    created_at: new Date(plan.created),
    updated_at: new Date(plan.created),
    ...made,
  };
  const log = (
    at: Date,
    noun: string,
    row_id: number,
    row_name: string,
    changed: unknown,
    more: { contact_id?: number | null } = {},
    verb: 'created' | 'updated' = 'created',
  ) => rows.event.push(eventRow(orgId, owner, at, { noun, row_id, row_name, verb, changed, deal_id: id, ...more }));

  for (const beat of beats) {
    const { at } = beat;
    deal.version++;
    if (at > deal.updated_at) deal.updated_at = at;
    const row = { org_id: orgId, created_at: at, updated_at: at, ...made };
    switch (beat.kind) {
      case 'create':
        log(at, 'deal', id, plan.name, { name: plan.name, profile_id: profileId });
        break;
      case 'details':
        log(at, 'deal', id, plan.name, { details: [deal.details, beat.details] }, {}, 'updated');
        deal.details = beat.details;
        break;
      case 'status':
        log(at, 'deal', id, plan.name, { status: [deal.status, beat.status] }, {}, 'updated');
        deal.status = beat.status;
        break;
      case 'participant': {
        const { person } = beat;
        const contact_id = beat.contactId ?? null;
        const participant = {
          ...row,
          id: beat.id,
          deal_id: id,
          role: person.role,
          full_name: person.full_name,
          email: person.email ?? null,
          contact_id,
          extras: person.extras ?? {},
        };
        rows.participant.push(participant);
        log(at, PART.participant, beat.id, person.full_name, participant, { contact_id });
        break;
      }
      case 'folder': {
        const folder = { ...row, id: beat.id, deal_id: id, name: beat.name, version: 1 };
        folders.set(beat.id, { row: folder });
        rows.folder.push(folder);
        log(at, PART.folder, beat.id, beat.name, { ...folder });
        break;
      }
      case 'document': {
        const code = await stage.codes.mint(orgId, 'document', owner.officeId, at, 11);
        const document = {
          ...row,
          id: beat.id,
          code,
          reso_key: stage.mintResoKey(at),
          name: beat.fileName,
          folder_id: beat.folderId,
          added_by: owner.memberId,
        };
        rows.document.push(document);
        rows.document_version.push({
          org_id: orgId,
          document_id: beat.id,
          n: 1,
          blob_id: blobOf(stage, beat.paper),
          file_name: beat.fileName,
          added_by: owner.memberId,
          created_at: at,
        });
        const folder = folders.get(beat.folderId)?.row;
        if (folder) Object.assign(folder, { updated_at: at, version: folder.version + 1 });
        log(at, PART.document, beat.id, beat.fileName, document);
        break;
      }
      case 'list': {
        const list = { ...row, id: beat.id, deal_id: id, name: beat.name, position: next(0) };
        rows.task_list.push(list);
        log(at, PART.list, beat.id, beat.name, list);
        break;
      }
      case 'task': {
        const { name, dueAt = null, dueDateOnly = false, completed = false } = beat.task;
        const task = {
          ...row,
          id: beat.id,
          code: await stage.codes.mint(orgId, 'task', owner.officeId, at, 10),
          list_id: beat.listId,
          deal_id: id,
          name,
          position: next(beat.listId),
          type_code: 'MI',
          due_at: dueAt,
          due_date_only: dueDateOnly,
          completed_at: completed ? at : null,
          creator_kind: 'member',
          creator_id: owner.memberId,
          creator_code: codeOfMember(owner.memberId),
        };
        rows.task.push(task);
        deal.task_count++;
        if (completed) deal.done_task_count++;
        log(at, PART.task, beat.id, name, task);
      }
    }
  }

  rows.deal.push(deal);
  rows.profile_deal.push({
    org_id: orgId,
    profile_id: profileId,
    deal_id: id,
    is_owner: true,
    transaction_type: deal.transaction_type,
    status: deal.status,
    created_at: deal.created_at,
    updated_at: deal.updated_at,
    ...sortValues(deal.details),
  });
}
