import { statement } from '../../db/index.ts';
import { nounRows } from '../bulk/noun-rows.ts';
import { ALLEN, BRIAN, JOHN, NORA, PRIYA, type Staff } from '../data/staff.ts';
import { makeDice } from '../dice.ts';
import { later, type Stage } from '../stage.ts';

const contactsOf = statement<{ id: number; first_name: string | null; last_name: string | null; email: string | null }>(
  'sandbox.contacts_of_dates',
  'select id, first_name, last_name, email from contact where org_id = $1 and id > 10000000 and deleted_at is null order by id limit 60',
);
const homesOf = statement<{ id: number }>(
  'sandbox.homes_of_dates',
  `select id from property where org_id = $1 and list_member_id is not null and deleted_at is null order by id limit 60`,
);

const TASKS = [
  'Ring back about the survey',
  'Send the brochure',
  'Chase the solicitor',
  'Order a new board',
  'Book the photographer',
];
const TASK_TYPES = ['CA', 'EM', 'FU', 'DO', 'MI'];
const DATES = ['VW', 'VL', 'MT', 'IN', 'AP'];
const QUESTIONS = ['When can I see it?', 'Is there room for a piano?', 'How old is the roof?', 'Are dogs allowed?'];
const WORKERS: readonly Staff[] = [JOHN, NORA, PRIYA, ALLEN];
const FROM = '2018-03-05T09:00:00Z';
const day = (date: Date) => date.toISOString().slice(0, 10);

/** The volume of diaries and lists: what a few months of work leave. */
export function manyDates(stage: Stage): void {
  stage.at('2018-09-02T09:00:00Z', async () => {
    const rows = nounRows(stage);
    const dice = makeDice(213);
    const contacts = await stage.tx.rows(contactsOf, [stage.orgId]);
    const homes = await stage.tx.rows(homesOf, [stage.orgId]);
    for (const [n, contact] of contacts.entries()) {
      const by = WORKERS[n % WORKERS.length] ?? JOHN;
      const home = homes[n % homes.length];
      const at = later(FROM, n * 2, n);
      const due = later(at, 7);
      const done = dice.chance(50);
      const name = dice.pick(TASKS);
      await rows.add('task', {
        width: 10,
        by,
        at,
        label: name,
        values: {
          name,
          description: null,
          // Every seventh is a message.
          type_code: n % 7 === 6 ? null : dice.pick(TASK_TYPES),
          due_at: n % 7 === 6 ? null : `${day(due)}T00:00:00Z`,
          due_date_only: n % 7 !== 6,
          due_offset: 0,
          completed_at: done ? `${day(later(due, 1))}T00:00:00Z` : null,
          assignee_kind: n % 9 === 8 ? 'office' : 'member',
          assignee_id: n % 9 === 8 ? by.officeId : by.memberId,
          assignee_office_id: by.officeId,
          creator_kind: 'member',
          creator_id: BRIAN.memberId,
          creator_code: BRIAN.code,
          contact_id: contact.id,
          property_id: home?.id ?? null,
        },
      });
      const confirmed = n % 6 !== 5;
      const called = n % 11 === 10;
      const type = DATES[n % DATES.length];
      const starts = later(at, 9, 60 * (n % 8));
      await rows.add('appointment', {
        width: 10,
        by,
        at,
        label: type ?? '',
        values: {
          kind: type === 'VW' ? 'showing' : 'event',
          type_code: type,
          name: type === 'VW' ? null : name,
          starts_at: starts,
          ends_at: later(starts, 0, 45),
          all_day: false,
          member_ids: [by.memberId],
          office_ids: [by.officeId],
          organiser_id: by.memberId,
          attendee_kind: 'contact',
          attendee_id: contact.id,
          contact_id: contact.id,
          property_id: home?.id ?? null,
          status: called ? 'cancelled' : confirmed ? 'confirmed' : 'requested',
          negotiator_confirmed: true,
          attendee_confirmed: confirmed,
          property_confirmed: true,
          attended: 'notSet',
          follow_up_on: confirmed ? day(later(starts, 2)) : null,
        },
      });
      if (n % 2 === 0)
        await rows.add('enquiry', {
          by,
          at,
          label: contact.last_name ?? '',
          values: {
            kind: n % 4 === 0 ? 'salesApplicant' : 'lettingsApplicant',
            status: dice.pick(['pending', 'pending', 'added', 'rejected', 'spam']),
            title: 'Ms',
            first_name: contact.first_name,
            last_name: contact.last_name,
            email: contact.email,
            message: dice.pick(QUESTIONS),
            office_id: by.officeId,
            property_ids: home ? [home.id] : [],
          },
          extras: { marketingConsent: 'notAsked', sourceName: 'Website' },
        });
      if (n % 5 === 0)
        await rows.add('identity_check', {
          width: 11,
          by,
          at,
          label: 'pass',
          values: {
            contact_kind: 'contact',
            contact_id: contact.id,
            check_date: day(at),
            status: n % 10 === 0 ? 'pass' : 'pending',
            member_id: by.memberId,
            document1: { typeId: 'PP', expiry: '2026-01-31', details: 'Passport' },
          },
        });
      if (n % 6 === 0)
        await rows.add('referral', {
          width: 9,
          by,
          at,
          label: 'MOR',
          values: {
            contact_id: contact.id,
            member_id: by.memberId,
            property_id: home?.id ?? null,
            type_code: dice.pick(['MOR', 'SUR', 'INS']),
            type: 'referral',
            status: dice.pick(['sent', 'succeeded', 'declined']),
          },
          extras: { amount: dice.between(10, 40) * 10 },
        });
      if (n % 3 === 0)
        await rows.add('journal_entry', {
          by,
          at,
          label: 'Brochure sent',
          values: {
            type_code: 'BS',
            associated_kind: 'contact',
            associated_id: contact.id,
            property_id: home?.id ?? null,
            member_id: by.memberId,
            description: 'Brochure sent',
          },
        });
    }
    await rows.insert();
    await stage.tx.rows(showStatus, [stage.orgId]);
  });
}

/** Contacts show the status of their latest check. */
const showStatus = statement<never>(
  'sandbox.show_identity_status',
  `update contact c set identity_status = i.status
   from (select distinct on (contact_id) contact_id, status from identity_check where org_id = $1 and contact_kind = 'contact'
         order by contact_id, check_date desc, id desc) i
   where c.org_id = $1 and c.id = i.contact_id`,
);
