import { type ReapitPerson, reapitGroupsOf } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import { tokenOf } from '../admit.ts';
import { answerJson, operation } from '../desk.ts';
import { ReapitFault } from '../faults.ts';

/** Who is signed in, as a flat object (contracts/reapit.md §2.4). */
function showPerson(person: ReapitPerson) {
  const { customer, officeGroup, extras } = person;
  return {
    id: person.uuid,
    created: wholeSeconds(person.createdAt),
    modified: wholeSeconds(person.updatedAt),
    emailAddress: person.email,
    name: person.name,
    organisationId: String(customer.id),
    userCustomerId: customer.code,
    organisationName: customer.name,
    organisationGroupId: null,
    organisationGroupName: null,
    organisationProduct: 'agencyCloud',
    organisationWebsite: null,
    consentToTrack: extras.consentToTrack === true,
    mfaEnabled: person.mfaEnabled,
    negotiatorId: person.negotiator,
    officeId: person.office,
    officeGroupId: officeGroup?.code ?? null,
    officeGroupName: officeGroup?.name ?? null,
    officeGroupIds: officeGroup?.offices.join(',') ?? null,
    organisationGroupMembers: [],
    userGroups: reapitGroupsOf(person),
    idpData: null,
    userOrganisations: [],
  };
}

/** Tokens of people only: a developer of elsewhere is told who it is, too. */
export const userInfo = operation('userInfo', 'GET', '/userInfo', ({ domain: { identity } }) => async ({ request }) => {
  const token = tokenOf(request);
  const holder = token === undefined ? undefined : await identity.findTokenHolder(token);
  const person = holder?.kind === 'person' ? await identity.findReapitPerson(holder.user) : undefined;
  if (!person) throw new ReapitFault(403, 'This needs the access token of a user. A token of an application alone has none.');
  return answerJson(showPerson(person));
});
