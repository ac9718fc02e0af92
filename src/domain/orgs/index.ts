import type { Ports } from '../given.ts';
import { profilesService } from './profile.service.ts';
import { staffService } from './staff.service.ts';

export type { NewMember } from './staff.service.ts';
export {
  type Member,
  type Mls,
  type Office,
  type Organisation,
  PROFILE_TYPES,
  type Profile,
  type ProfileChange,
} from './types.ts';

export const buildOrgs = (ports: Ports) => ({ ...profilesService(ports), ...staffService(ports) });
export type Orgs = ReturnType<typeof buildOrgs>;
