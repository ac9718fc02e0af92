import type { Details, NewParticipant, NewTask, TransactionType } from '../../domain/index.ts';
import { offsetAt } from '../../kernel/dates.ts';
import type { PaperName } from '../papers.ts';
import { later, type Person, type Stage } from '../stage.ts';

/** A loop from its first day to its last. */
export type LoopPlan = {
  readonly id: number;
  readonly owner: Person;
  readonly profileId: number;
  readonly name: string;
  readonly type: TransactionType;
  readonly first: string;
  /** the status it ends with */
  readonly status: string;
  readonly created: string | Date;
  /** how many days it was worked on */
  readonly days: number;
  readonly details?: Details;
  readonly people?: readonly {
    role: string;
    name: string;
    email?: string;
    more?: Record<string, string>;
    /** the contact of the owner's book with that e-mail; services find it themselves */
    contactId?: number;
  }[];
  readonly folders?: readonly { name: string; papers: readonly (readonly [fileName: string, paper: PaperName])[] }[];
  readonly lists?: readonly { name: string; tasks: readonly { name: string; due?: string; done?: boolean }[] }[];
};

type Named = NewParticipant & { readonly full_name: string };
/** What a loop is made of. */
export type DealPart =
  | { readonly kind: 'participant'; readonly id: number; readonly person: Named; readonly contactId?: number }
  | { readonly kind: 'folder'; readonly id: number; readonly name: string }
  | {
      readonly kind: 'document';
      readonly id: number;
      readonly folderId: number;
      readonly fileName: string;
      readonly paper: PaperName;
    }
  | { readonly kind: 'list'; readonly id: number; readonly name: string }
  | { readonly kind: 'task'; readonly id: number; readonly listId: number; readonly task: NewTask };
/** One thing that happens to a loop. */
export type Beat = { readonly at: Date } & (
  | { readonly kind: 'create' }
  | { readonly kind: 'details'; readonly details: Details }
  | { readonly kind: 'status'; readonly status: string }
  | DealPart
);
/** In the order of their times. */
export type LoopBeats = { readonly plan: LoopPlan; readonly beats: readonly Beat[] };

/** Midnight of that day where the brokerage is; `due` then prints with the offset of its zone. */
export function midnight(day: string): Date {
  const utc = new Date(`${day}T00:00:00Z`);
  return new Date(utc.getTime() - offsetAt('America/New_York', utc) * 60_000);
}

/** First the form of a loop, then papers, ticks and the status over its days. */
export function beatsOf(stage: Stage, plan: LoopPlan): LoopBeats {
  const { created, days } = plan;
  const beats: Beat[] = [{ kind: 'create', at: new Date(created) }];
  if (plan.details) beats.push({ kind: 'details', at: later(created, 0, 9), details: plan.details });
  for (const [n, { role, name, email, more, contactId }] of (plan.people ?? []).entries()) {
    const person = { role, full_name: name, ...(email ? { email } : {}), ...(more ? { extras: { dotloop: more } } : {}) };
    const id = stage.nextId('participant');
    beats.push({ kind: 'participant', at: later(created, n, 26 + n), id, person, ...(contactId ? { contactId } : {}) });
  }
  for (const [n, { name, papers }] of (plan.folders ?? []).entries()) {
    const folderId = stage.nextId('folder');
    beats.push({ kind: 'folder', at: later(created, 0, 14 + n), id: folderId, name });
    for (const [m, [fileName, paper]] of papers.entries()) {
      const at = later(created, Math.floor((days * (m + 1)) / (papers.length + 1)), 95 + 7 * n);
      beats.push({ kind: 'document', at, id: stage.nextId('document'), folderId, fileName, paper });
    }
  }
  for (const [n, { name, tasks }] of (plan.lists ?? []).entries()) {
    const listId = stage.nextId('task_list');
    beats.push({ kind: 'list', at: later(created, 0, 48 + n), id: listId, name });
    for (const [m, { name: what, due, done = false }] of tasks.entries()) {
      const ticked = later(created, Math.floor((days * (m + 1)) / (tasks.length + 1)), 130 + m);
      const task = { name: what, completed: done, ...(due ? { dueAt: midnight(due), dueDateOnly: true } : {}) };
      beats.push({ kind: 'task', at: done ? ticked : later(created, 0, 55 + m), id: stage.nextId('task'), listId, task });
    }
  }
  if (plan.status !== plan.first) beats.push({ kind: 'status', at: later(created, days, 200), status: plan.status });
  return { plan, beats: beats.toSorted((a, b) => a.at.getTime() - b.at.getTime()) };
}
