import type { Ports } from '../given.ts';
import { accountsService } from './account.service.ts';
import { invitationsService } from './invitation.service.ts';
import { mlsNumbersService } from './mls-number.service.ts';
import { officeGroupsService } from './office-group.service.ts';
import { organisationService } from './organisation.service.ts';
import { portalsService } from './portal.service.ts';
import { profilesService } from './profile.service.ts';
import { staffService } from './staff.service.ts';

export type { Account, AccountKind, AccountScope } from './account.ts';
export type { MlsNumberOf } from './mls-number.service.ts';
export { departmentNoun, memberNoun, officeNoun, sourceNoun } from './nouns.ts';
export type { OfficeGroup } from './office-group.service.ts';
export type { OrganisationFacts } from './organisation.service.ts';
export type { NamedPortal, NewPortal } from './portal.service.ts';
export { readSetting, SETTINGS, withSetting } from './settings.ts';
export type { NewMember } from './staff.service.ts';
export { teamNoun } from './team.noun.ts';
export {
  type MapExtent,
  type Member,
  type Mls,
  type Office,
  type Organisation,
  type OrganisationSettings,
  type Portal,
  type PortalChange,
  type PortalField,
  PROFILE_TYPES,
  type Profile,
  type ProfileChange,
  type SiteSettings,
} from './types.ts';

export const buildOrgs = (ports: Ports) => ({
  ...profilesService(ports),
  ...staffService(ports),
  ...organisationService(ports),
  ...officeGroupsService(ports),
  ...mlsNumbersService(ports),
  accounts: accountsService(ports),
  invitations: invitationsService(ports),
  portals: portalsService(ports),
});
export type Orgs = ReturnType<typeof buildOrgs>;
