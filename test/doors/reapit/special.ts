import { LETTINGS } from './special-lettings.ts';
import { SALES } from './special-sales.ts';

/** What the walk over all resources cannot make up by itself; one entry for a group, where it needs one. */
export type Special = {
  /** ids of the sandbox that the path of its list asks for */
  readonly above?: readonly string[];
  /** members of bodies; undefined leaves one out */
  readonly create?: Readonly<Record<string, unknown>>;
  readonly update?: Readonly<Record<string, unknown>>;
  /** members that answers hold in another form than they were sent */
  readonly answered?: Readonly<Record<string, unknown>>;
  /** whole parameters for filters that need company */
  readonly queries?: Readonly<Record<string, string>>;
  /** the member that archives: it is taken back before the next one is written */
  readonly archives?: string;
  /** members that are not empty when everything that may be cleared is */
  readonly bare?: Readonly<Record<string, unknown>>;
};

const CONTACT = ['OXF18000001'];
const PAPER = { associatedType: 'property', associatedId: 'OXF190347', typeId: 'DET' };
const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const SPECIAL: Readonly<Record<string, Special>> = {
  ...LETTINGS,
  ...SALES,
  contacts: {
    create: { source: { id: 'ADV', type: 'source' }, metadata: undefined },
    update: {
      source: { id: 'OXF', type: 'office' },
      metadata: undefined,
      fromArchive: true,
      additionalContactDetails: [
        { type: 'Fax', value: '01 02' },
        { type: 'Assistant', value: 'help@example.com' },
      ],
    },
    archives: 'fromArchive',
    bare: { active: true },
    queries: { marketingConsentFilterType: 'marketingConsentFilterType=assumedOrExplicit&marketingConsent=grant' },
  },
  'contacts/{id}/subscriptions': { above: CONTACT },
  'contacts/{id}/landlordDetails': { above: CONTACT },
  documents: {
    create: { metadata: undefined, ...PAPER, fileData: PICTURE, fileUrl: undefined },
    answered: { fileData: undefined },
    update: { metadata: undefined, typeId: 'LET' },
    bare: { isPrivate: false },
    queries: { includeRoleDocuments: 'includeRoleDocuments=true&associatedType=contact&associatedId=OXF18000001' },
  },
  propertyImages: {
    create: { propertyId: 'OXF190347', data: PICTURE, fileUrl: undefined },
    answered: { data: undefined },
  },
  offices: { create: { metadata: undefined }, update: { metadata: undefined }, bare: { active: true } },
  negotiators: {
    create: { metadata: undefined, name: 'Ann de Vries' },
    update: { metadata: undefined, name: 'Bo Li' },
    bare: { active: true },
  },
};
