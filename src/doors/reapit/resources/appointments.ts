import type { Condition } from '../../../kernel/condition.ts';
import { all, among, anyOf, equal, literal, since, until } from '../../../wire/resource/conditions.ts';
import { column, computed, extra, members } from '../../../wire/resource/mapping.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';
import { type Declared, declare } from '../desk.ts';
import { archiveFields } from '../map/archive.ts';
import { attendeeField, attendeeLink, storedKind, type WireAttendee } from '../map/attendee.ts';
import { joinText, writeText } from '../map/first-line.ts';

const ATTENDEES = ['applicant', 'contact', 'landlord', 'tenancy'];
const attendeeIs = (values: readonly string[]) => anyOf(...ATTENDEES.map((kind) => among(`attendee_id:${kind}`, values)));

const moment = (at: Date) => literal('datetime', at.toISOString());

/**
 * What recurs is one record; it is listed only for a window and somebody's diary, when an occurrence falls into the window. Everything
 * else is compared by its own times (contracts/reapit.md §4.3).
 */
function whenIs(query: ReadQuery): Condition {
  const [start] = (query.start ?? []) as Date[];
  const [end] = (query.end ?? []) as Date[];
  const single = all(
    equal('recurring', false),
    start && since('starts_at', start),
    // Moments are kept finer than doors ask for them.
    end && until('ends_at', end),
  );
  const whose = ['id', 'negotiatorId', 'propertyId', 'attendeeId'].some((name) => (query[name] ?? []).length > 0);
  if (!start || !end || !whose) return single;
  const last = new Date(end.getTime() + 999);
  const occurs: Condition = { kind: 'question', name: 'occurs', values: [moment(start), moment(last)] };
  return anyOf(single, all(equal('recurring', true), occurs));
}

/** Those that were called off, and those that are not agreed, are shown to who asks for them. */
const shown = (query: ReadQuery): Condition =>
  all(
    whenIs(query),
    query.includeCancelled?.[0] === true ? undefined : equal('cancelled', false),
    query.includeUnconfirmed?.[0] === true ? undefined : equal('confirmed', true),
  );

const isOff = (status: unknown) => status === 'cancelled' || status === 'declined';

const appointments = declare('appointments', ({ domain }) => ({
  source: domain.records.appointment,
  fields: {
    start: column('starts_at'),
    end: column('ends_at'),
    typeId: column('type_code'),
    description: computed<string | null>({
      columns: ['description'],
      read: joinText,
      write: (text, { kind }) => (kind === 'showing' ? { description: text } : writeText(text)),
    }),
    recurring: computed({ read: ({ recurs }) => recurs !== null }),
    recurrence: members(
      { type: column('recurs'), interval: column('recurs_every'), until: column('recurs_until') },
      ({ recurs }) => recurs !== null,
    ),
    cancelled: computed<boolean | null>({
      columns: ['status'],
      read: ({ status }) => isOff(status),
      write: (off, { status }) => (off === true ? { status: 'cancelled' } : isOff(status) ? { status: 'requested' } : {}),
    }),
    followUpOn: column('follow_up_on'),
    followUp: members({
      due: column('follow_up_on'),
      responseId: extra({ list: 'followUpResponses' }),
      notes: extra(),
    }),
    attendee: attendeeField((value: WireAttendee | null) =>
      value?.confirmed === undefined ? {} : { attendee_confirmed: value.confirmed },
    ),
    // A flag, and nobody's id.
    negotiatorConfirmed: column('negotiator_confirmed'),
    fromArchive: archiveFields(domain.now).fromArchive,
    documents: members({
      draftPropertyInspectionReportId: extra({ noun: 'document' }),
      finalPropertyInspectionReportId: extra({ noun: 'document' }),
    }),
  },
  filters: {
    attendeeId: attendeeIs,
    attendeeType: (values: readonly string[]) => among('attendee_kind', values.map(storedKind)),
    start: () => undefined,
    end: () => undefined,
  },
  where: shown,
  sorts: { start: ['starts_at'] },
  links: { attendee: attendeeLink },
}));

const openHouseAttendees = declare('appointments/{id}/openHouseAttendees', ({ domain }) => ({
  source: domain.records.openHouseAttendee,
  fields: { openHouseId: column('appointment_id'), attendee: attendeeField() },
}));

export const appointmentGroups: readonly Declared[] = [appointments, openHouseAttendees];
