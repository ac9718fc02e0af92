import type { ReapitPerson } from './reapit-person.service.ts';

/** What people of a role are called in the vendor's pool of users, in tokens and in what the platform tells of a user. */
export function reapitGroupsOf({ administrator, developer }: Pick<ReapitPerson, 'administrator' | 'developer'>): string[] {
  return [
    'ReapitUser',
    ...(administrator ? ['ReapitUserAdmin', 'OrganisationAdmin', 'MarketplaceAdmin'] : []),
    ...(developer ? ['FoundationsDeveloper'] : []),
  ];
}
