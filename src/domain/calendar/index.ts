export { appointmentNoun, openHouseAttendeeNoun } from './appointment.noun.ts';
export type { AttendeeContact } from './attendee.ts';
