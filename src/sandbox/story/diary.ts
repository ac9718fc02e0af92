import { systemActor } from '../../access/actor.ts';
import { BRIAN, JOHN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

const HOME = 'OXF190347';
const CLIENT = 'OXF18000001';

/** What the documents name of tasks, diaries, checks and enquiries around Mr John Smith (domain-people §4.1). */
export function diary(stage: Stage): void {
  const { records } = stage.domain;
  const john = actorOf(stage.orgId, JOHN);
  const brian = actorOf(stage.orgId, BRIAN);
  const system = systemActor(stage.orgId);

  stage.at('2018-09-06T14:00:00Z', () =>
    records.identityCheck.create(
      john,
      {
        values: {
          contact_id: CLIENT,
          check_date: '2018-09-06',
          status: 'pass',
          member_id: 'JAS',
          document1: { typeId: 'DL', expiry: '2024-06-30', details: 'Ohio, ends in 4471' },
          document2: { typeId: 'UB', details: 'Electricity, August 2018' },
        },
      },
      { id: 5201, code: 'OXF19002002' },
    ),
  );
  stage.at('2018-09-07T15:00:00Z', () =>
    records.task.create(
      brian,
      {
        values: {
          name: 'Ask the seller about the hot tub',
          description: 'Mr Smith wants to know whether it stays.',
          type_code: 'CA',
          due_at: new Date('2018-09-10T00:00:00Z'),
          due_date_only: true,
          due_offset: 0,
          assignee_kind: 'member',
          assignee_id: 'JAS',
          creator_kind: 'member',
          creator_id: 'BRE',
          contact_id: CLIENT,
          property_id: HOME,
        },
      },
      { id: 5001, code: 'OXF2000001' },
    ),
  );
  stage.at('2018-09-08T13:30:00Z', () =>
    records.appointment.create(
      john,
      {
        values: {
          type_code: 'VW',
          description: 'Second look, with the terrace.',
          starts_at: new Date('2018-09-12T18:00:00Z'),
          ends_at: new Date('2018-09-12T18:30:00Z'),
          member_ids: ['JAS'],
          office_ids: ['OXF'],
          organiser_id: 'JAS',
          attendee_kind: 'contact',
          attendee_id: CLIENT,
          property_id: HOME,
          negotiator_confirmed: true,
          attendee_confirmed: true,
          property_confirmed: true,
          follow_up_on: '2018-09-14',
          extras: { reapit: { accompanied: true, followUp: { responseId: 'INT', notes: 'Likes the terrace.' } } },
        },
      },
      { id: 5101, code: 'OXF180001' },
    ),
  );
  stage.at('2018-09-09T09:00:00Z', async () => {
    const house = await records.appointment.create(
      john,
      {
        values: {
          type_code: 'OH',
          name: 'Open house',
          starts_at: new Date('2018-09-16T17:00:00Z'),
          ends_at: new Date('2018-09-16T20:00:00Z'),
          member_ids: ['JAS', 'BRE'],
          office_ids: ['OXF'],
          property_id: HOME,
          negotiator_confirmed: true,
          property_confirmed: true,
        },
      },
      { id: 5103, code: 'OXF180002' },
    );
    await records.openHouseAttendee.create(
      john,
      {
        values: {
          appointment_id: house.code,
          attendee_kind: 'contact',
          attendee_id: CLIENT,
          extras: { reapit: { interestLevel: 'veryInterested', notes: 'Came with his sister.' } },
        },
      },
      { id: 5102, code: 'OXF180004' },
    );
    await records.appointment.create(
      john,
      {
        values: {
          type_code: 'MT',
          name: 'Monday meeting',
          starts_at: new Date('2018-09-10T13:00:00Z'),
          ends_at: new Date('2018-09-10T14:00:00Z'),
          member_ids: ['JAS', 'BRE', 'ALA'],
          office_ids: ['OXF'],
          organiser_id: 'ALA',
          negotiator_confirmed: true,
          recurs: 'weekly',
          recurs_every: 1,
          recurs_until: new Date('2030-12-31T00:00:00Z'),
        },
      },
      { id: 5104, code: 'OXF180003' },
    );
  });
  stage.at('2018-09-10T11:20:00Z', async () => {
    await records.enquiry.create(
      system,
      {
        values: {
          kind: 'salesApplicant',
          title: 'Ms',
          first_name: 'Odile',
          last_name: 'Barraclough',
          email: 'odile.barraclough@example.com',
          mobile_phone: '(513) 555-0171',
          message: 'Is the terrace private?',
          office_id: 'OXF',
          property_ids: [HOME],
          extras: { reapit: { marketingConsent: 'grant', sourceName: 'Rightmove', position: 'renting' } },
        },
      },
      { id: 45 },
    );
    const referral = { type_code: 'MOR', contact_id: CLIENT, member_id: 'JAS', property_id: HOME };
    await records.referral.create(
      john,
      { values: { ...referral, extras: { reapit: { amount: 250, information: 'First-time landlord, wants a fixed rate.' } } } },
      { id: 5401, code: 'MKT210001' },
    );
    const about = { associated_kind: 'contact', associated_id: CLIENT, member_id: 'JAS' };
    await records.journalEntry.create(
      john,
      { values: { ...about, type_code: 'DS', property_id: HOME, description: 'Details sent by e-mail' } },
      { id: 5501 },
    );
    await records.journalEntry.create(
      john,
      {
        values: {
          type_code: 'MI',
          associated_kind: 'landlord',
          associated_id: 'OXF180001',
          landlord_kind: 'telephoneContact',
          member_id: 'JAS',
          description: 'Rang about the rent review',
        },
      },
      { id: 5502 },
    );
  });
}
