import type { NewPortal as DomainPortal, Portal as PortalRow, PortalChange as RowChange } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import type { NewPortal, Portal, PortalChange } from '../contract/portal.ts';

const FIELD = { address: 'Address', phone: 'Phone' } as const;
type Wire = Portal['RequiredFields'][number];

/** In one order and each once, however they were sent. */
const fromFields = (fields: readonly Wire[]) => (['address', 'phone'] as const).filter((field) => fields.includes(FIELD[field]));

export const portalUri = (key: string) => `/v1/portal/${key}`;

export const toPortal = (portal: PortalRow): Portal => ({
  Id: portal.reso_key,
  ResourceUri: portalUri(portal.reso_key),
  OwnerId: portal.member_key,
  Name: portal.name,
  DisplayName: portal.display_name,
  Enabled: portal.enabled,
  RequiredFields: portal.required_fields.map((field) => FIELD[field]),
  ModificationTimestamp: wholeSeconds(portal.updated_at),
});

export const fromNewPortal = ({ DisplayName, Enabled, RequiredFields }: NewPortal): DomainPortal => ({
  displayName: DisplayName,
  ...(Enabled === undefined ? {} : { enabled: Enabled }),
  ...(RequiredFields === undefined ? {} : { requiredFields: fromFields(RequiredFields) }),
});

export const fromPortalChange = ({ DisplayName, Enabled, RequiredFields }: PortalChange): RowChange => ({
  ...(DisplayName === undefined ? {} : { display_name: DisplayName }),
  ...(Enabled === undefined ? {} : { enabled: Enabled }),
  ...(RequiredFields === undefined ? {} : { required_fields: fromFields(RequiredFields) }),
});
