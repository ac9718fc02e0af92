import type { Db } from '../../db/index.ts';
import type { Address, ContactPoint } from '../people/index.ts';
import { type Holder, isConsumer } from './holder.ts';
import { findConsumerPerson, findMemberPerson, type MemberRow, type PersonRow } from './spark-person.store.ts';

/** Somebody for whom applications act at the Spark door, as far as they may be told. */
export type SparkPerson = {
  readonly resoKey: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly name: string;
  readonly email: string | null;
  /** what the person signs in with */
  readonly login: string;
  readonly contactPoints: readonly ContactPoint[];
  /** a member's is the office's */
  readonly address: Address;
  readonly timeZone: string;
  readonly member?: {
    readonly websiteUrl: string | null;
    readonly licenseNumber: string | null;
    readonly nrdsId: string | null;
    readonly accessLevel: string;
    readonly mlsNumber: string | null;
    readonly officeKey: string | null;
    readonly officeName: string | null;
    readonly officeMlsNumber: string | null;
  };
};

const personOf = (row: PersonRow): SparkPerson => ({
  resoKey: row.reso_key,
  firstName: row.first_name,
  middleName: row.middle_name,
  lastName: row.last_name,
  name: row.name,
  email: row.email,
  login: row.login,
  contactPoints: row.contact_points,
  address: row.address,
  timeZone: row.time_zone,
});

const memberOf = (row: MemberRow): SparkPerson => ({
  ...personOf(row),
  member: {
    websiteUrl: row.website_url,
    licenseNumber: row.license_number,
    nrdsId: row.nrds_id,
    accessLevel: row.access_level,
    mlsNumber: row.mls_number,
    officeKey: row.office_key,
    officeName: row.office_name,
    officeMlsNumber: row.office_mls_number,
  },
});

export function sparkPersonService(db: Db) {
  return {
    /** Undefined when the person may not be here (any more): no application acts for somebody inactive. */
    async findSparkPerson(holder: Holder): Promise<SparkPerson | undefined> {
      if (isConsumer(holder)) {
        const row = await findConsumerPerson(db, holder);
        return row && personOf(row);
      }
      const row = await findMemberPerson(db, holder);
      return row && memberOf(row);
    },
  };
}
