import type { Actor } from '../../../access/actor.ts';
import { type Domain, ROLE_COLUMNS, type RoleColumn } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { all, equal } from '../../../wire/resource/conditions.ts';
import { column, computed, type Mappings } from '../../../wire/resource/mapping.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';
import type { Declaration, Model } from '../../../wire/resource/resource.ts';
import type { Source } from '../../../wire/resource/source.ts';
import { type Declared, declare } from '../desk.ts';

/** Parties as parts of the row that this column names. */
export const partiesBelow = (domain: Domain, parent: string): Source<Actor> => ({ ...domain.records.party, parent });

export const isArchived = computed({ read: ({ archived }) => archived === true });

/** `associatedType` and `associatedId` of what stands in a role. */
export const associated: Mappings = {
  associatedType: column('associated_kind'),
  associatedId: column('associated_id'),
};

/** The kind is told before the id, whose meaning it decides; it is a contact where nothing is said. */
const kindFirst = ({ associatedType }: Model): Model => ({ associatedType: associatedType ?? 'contact' });

/** `applicants/{id}/relationships` and its like. */
export const relationshipsOf = (group: string, role: RoleColumn): Declared =>
  declare(
    group,
    ({ domain }): Declaration<Actor> => ({
      source: partiesBelow(domain, role),
      fields: { ...associated, fromArchive: isArchived, isMain: column('is_main') },
      defaults: kindFirst,
    }),
  );

const roleOf = (row: Row): RoleColumn | undefined => ROLE_COLUMNS.find((name) => row[name] !== null);

/** What a contact or company stands in: the role is what is associated here. */
const role: Mappings = {
  associatedType: computed({ read: (row) => roleOf(row)?.replace(/_id$/, '') ?? null }),
  associatedId: computed({
    read: (row) => {
      const name = roleOf(row);
      return name === undefined ? null : row[name];
    },
  }),
  fromArchive: isArchived,
};

/** Archived ones are there for those who ask. */
const current = (query: ReadQuery) => (query.includeArchived?.[0] === true ? undefined : all(equal('archived', false)));

const contactRelationships = declare('contacts/{id}/relationships', ({ domain }) => ({
  source: partiesBelow(domain, 'contact_id'),
  fields: role,
  where: current,
}));

const companyRelationships = declare('companies/{id}/relationships', ({ domain }) => ({
  source: partiesBelow(domain, 'company_id'),
  fields: role,
  where: current,
}));

const applicantRelationships = relationshipsOf('applicants/{id}/relationships', 'applicant_id');
const vendorRelationships = relationshipsOf('vendors/{id}/relationships', 'vendor_id');

/** Those of this door's nouns that are no lettings. */
export const relationships: readonly Declared[] = [
  contactRelationships,
  companyRelationships,
  applicantRelationships,
  vendorRelationships,
];
