import type { Actor } from '../access/actor.ts';
import { type Codes, makeCodes } from './codes.ts';
import { buildDeals } from './deals/index.ts';
import { buildDocuments, paperOf, uploadsService } from './documents/index.ts';
import type { Ports } from './given.ts';
import { buildIdentity, endConsumer } from './identity/index.ts';
import { lookupsService } from './lookup/index.ts';
import { mailService, unsubscribeService } from './mail/index.ts';
import { buildMetadata, type Keeper } from './metadata/index.ts';
import { buildNotes, deleteNotesOfContact } from './notes/index.ts';
import { NOUNS } from './nouns.ts';
import { buildOrgs } from './orgs/index.ts';
import { buildPeople } from './people/index.ts';
import { buildListingParts, propertiesService, valuesService } from './property/index.ts';
import { publicFilesService } from './public-file.ts';
import { buildRecords, codesOf, type NamedRow } from './records/index.ts';
import { buildSearches, partWithSearches } from './searches/index.ts';
import { buildSite } from './site/index.ts';
import { buildWebhooks } from './webhooks/index.ts';

export type { AttendeeContact } from './calendar/index.ts';
export { type Codes, storyCodes } from './codes.ts';
export * from './deals/index.ts';
export {
  type Document,
  type DocumentBytes,
  type Folder,
  type FolderView,
  isKnownSubject,
  type Reader,
  sweepFiles,
  UPLOAD_SECONDS,
  type UploadAddress,
} from './documents/index.ts';
export type { Given, Ports } from './given.ts';
export { type GivenFile, UPLOAD_PURPOSES, type UploadPurpose } from './given-file.ts';
export * from './identity/index.ts';
export { NEW_CONTACT } from './journal/index.ts';
export { AGENCY_LISTS, type AgencyList, DEFAULT_LISTS, type ListName, type Option } from './lookup/index.ts';
export { DELIVER_MAIL, type Mail, type MailKey, type MailOutcome, type Unsubscribable } from './mail/index.ts';
export {
  type JsonObject,
  type Metadata,
  type MetadataKey,
  type MetadataQuery,
  type MetadataSchema,
  readKey,
  writeId,
} from './metadata/index.ts';
export type { Comment, GivenNote, Notes, SharedNote } from './notes/index.ts';
export * from './orgs/index.ts';
export * from './people/index.ts';
export {
  type BrokenRule,
  BrokenTerms,
  columnsOfNew,
  isWebAddress,
  LISTED,
  LISTING_FIELDS,
  type ListedPhoto,
  type Listing,
  type ListingParties,
  type ListingParty,
  type ListingQuery,
  type ListingScope,
  type ListingTerms,
  type ListingValue,
  type MediaLink,
  type Medium,
  type MediumKind,
  mayEdit,
  mediumName,
  type NewProperty,
  NO_WEB_ADDRESS,
  type OpenHouse,
  type OutsideAgent,
  type OutsideOffice,
  type OutsideParties,
  PICTURE_SIZES,
  type PictureSize,
  type Property,
  type PropertyValues,
  type RentalPeriod,
  type TourLinks,
  VALUE_FIELDS,
  type ValueField,
  type Visibility,
} from './property/index.ts';
export { type PublicFile, type PublicFiles, pictureAddress } from './public-file.ts';
export { idKey, type NamedRow, type RecordColumn, type RecordService, type RowCodes } from './records/index.ts';
export * from './searches/index.ts';
export type {
  FormAnswer,
  FormField,
  FormSection,
  MarketOfRow,
  Person,
  PersonKind,
  PersonRef,
  Recipient,
} from './site/index.ts';
export * from './webhooks/index.ts';

/** The product without any wire: the only thing a door gets. */
export function buildDomain(ports: Ports, codes: Codes = makeCodes(ports.db)) {
  const people = buildPeople(ports, codes, [deleteNotesOfContact, partWithSearches, endConsumer]);
  const properties = propertiesService(ports, codes);
  const lookups = lookupsService(ports);
  const keepers = new Map<string, Keeper>();
  const metadata = buildMetadata(ports, () => keepers);
  const records = buildRecords(ports, codes, NOUNS, metadata);
  for (const one of Object.values(records)) if (one.metadataType !== null) keepers.set(one.metadataType, one);
  const orgs = buildOrgs(ports);
  return {
    /** the moment that everything in the house goes by */
    now: () => ports.clock.now(),
    orgs,
    people,
    properties,
    deals: buildDeals(ports, codes, people, properties, paperOf(ports, codes)),
    ...buildListingParts(ports),
    lookups: { ...lookups, ...valuesService(ports) },
    documents: buildDocuments(ports, codes),
    uploads: uploadsService(ports),
    notes: buildNotes(ports, properties),
    records,
    codesOf: (actor: Pick<Actor, 'orgId'>, asked: readonly NamedRow[]) => codesOf(ports.db, actor, asked),
    metadata,
    /** contacts as the site writes them: who is deleted there stays where the brokerage needs the contact */
    leadRecords: { ...records.contact, remove: people.leads.removeLead },
    ...buildSite(ports, { listings: records.listing, lookups }),
    ...publicFilesService(ports),
    mails: {
      ...mailService(ports),
      /** where a mail leads, below the house; undefined where its text says all */
      pathIn: orgs.invitations.invitationPath,
      ...unsubscribeService(ports, {
        contacts: records.contact,
        savedSearches: records.savedSearch,
        reportUpdates: records.marketReportUpdate,
      }),
    },
    ...buildSearches(ports, properties),
    identity: buildIdentity(ports),
    webhooks: buildWebhooks(ports),
  };
}
export type Domain = ReturnType<typeof buildDomain>;
