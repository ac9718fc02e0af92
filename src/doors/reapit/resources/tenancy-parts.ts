import type { Actor } from '../../../access/actor.ts';
import type { Domain, RecordService } from '../../../domain/index.ts';
import { notFound } from '../../../kernel/fault.ts';
import type { Row } from '../../../kernel/record.ts';
import { among, equal } from '../../../wire/resource/conditions.ts';
import { column, computed, extra, members } from '../../../wire/resource/mapping.ts';
import type { Source } from '../../../wire/resource/source.ts';
import { type Declared, declare } from '../desk.ts';
import { jsonIn } from '../map/json-member.ts';
import { withOptionWords } from '../map/option-words.ts';

/** One's own words, else those of the list. */
const description = computed<string | null>({
  columns: ['description'],
  read: (row) => row.description ?? row.type_name,
  write: (text) => ({ description: text }),
});
const nameOfType = computed({ read: ({ type_name }) => type_name });
const letterText = computed({ read: ({ type_letter }) => type_letter });

/** Published in two spellings (contracts/reapit.md §5.2). */
const statusIs = (values: readonly string[]) =>
  among(
    'status',
    values.flatMap((one) => (/^arrang/.test(one) ? ['arranging', 'arranged'] : [one])),
  );

const checkType = { checkTypeId: column('type_code'), description };

const tenancyChecks = declare('tenancies/{id}/checks', ({ domain }) => ({
  source: domain.records.tenancyCheck,
  fields: { ...checkType, type: column('phase') },
  filters: { status: statusIs },
  attach: withOptionWords(domain, 'preTenancyCheckTypes'),
}));

const breakClauses = declare('tenancies/{id}/breakClauses', ({ domain }) => ({
  source: domain.records.tenancyBreakClause,
  fields: {
    // Read under one name, written under another (contracts/reapit.md §4.1).
    typeId: column('type_code'),
    clauseTypeId: column('type_code'),
    description: nameOfType,
    letterText,
  },
  attach: withOptionWords(domain, 'tenancyBreakClauses'),
}));

const allowances = declare('tenancies/{id}/allowances', ({ domain }) => ({
  source: domain.records.tenancyAllowance,
  fields: { typeId: column('type_code'), description: nameOfType, letterText },
  attach: withOptionWords(domain, 'allowances'),
  links: { allowanceType: 'typeId' },
}));

const responsibilities = declare('tenancies/{id}/responsibilities', ({ domain }) => ({
  source: domain.records.tenancyResponsibility,
  fields: { typeId: column('type_code'), description: nameOfType, letterText },
  attach: withOptionWords(domain, 'tenancyResponsibilities'),
  links: { responsibilityType: 'typeId' },
}));

const TERM = {
  startDate: column('starts_on'),
  endDate: column('ends_on'),
  lettingFee: jsonIn('letting_fee'),
  managementFee: jsonIn('management_fee'),
};

const renewalNegotiations = declare('tenancies/{id}/renewalNegotiations', ({ domain }) => ({
  source: domain.records.tenancyRenewal,
  fields: {
    ...TERM,
    rentChange: computed({
      read: ({ rent_change, rent_change_percentage }) =>
        rent_change === null ? null : { amount: rent_change, percentage: rent_change_percentage },
    }),
  },
}));

const tenancyAndPart = ({ tenancy_id, parent_id }: Row) => [String(tenancy_id), String(parent_id)];

const renewalChecks = declare('tenancies/{id}/renewalNegotiations/{renewalId}/checks', ({ domain }) => ({
  source: domain.records.tenancyRenewalCheck,
  fields: { ...checkType, renewalId: column('parent_id') },
  attach: withOptionWords(domain, 'renewalCheckTypes'),
  parents: tenancyAndPart,
}));

const extensions = declare('tenancies/{id}/extensions', ({ domain }) => ({
  source: domain.records.tenancyExtension,
  fields: { ...TERM, type: column('phase') },
}));

const rentReviews = declare('tenancies/{id}/rentReviews', ({ domain }) => ({
  source: domain.records.tenancyRentReview,
  fields: { agreement: members({ negotiatorId: extra({ noun: 'member' }) }) },
}));

const rentReviewChecks = declare('tenancies/{id}/rentReviews/{rentReviewId}/checks', ({ domain }) => ({
  source: domain.records.tenancyRentReviewCheck,
  fields: { ...checkType, rentReviewId: column('parent_id') },
  attach: withOptionWords(domain, 'renewalCheckTypes'),
  parents: tenancyAndPart,
}));

/** The one part of its kind, found by the tenancy's code, since its path has no id of its own. */
function onePart(domain: Domain, parts: RecordService): Source<Actor> {
  const find = async (actor: Actor, tenancy: string): Promise<Row> => {
    const { code } = await domain.records.tenancy.byCode(actor, tenancy);
    const { rows } = await parts.list(actor, { where: equal('tenancy_id', code), order: [], limit: 1, offset: 0, total: false });
    if (!rows[0]) throw notFound('record');
    return rows[0];
  };
  return {
    ...parts,
    byCode: find,
    update: async (actor, tenancy, change) => parts.update(actor, (await find(actor, tenancy)).code, change),
  };
}

const noticeManagement = declare('tenancies/{id}/noticeManagement', ({ domain }) => ({
  source: onePart(domain, domain.records.tenancyNotice),
  inside: 'notice',
}));

export const tenancyPartGroups: readonly Declared[] = [
  tenancyChecks,
  breakClauses,
  allowances,
  responsibilities,
  renewalNegotiations,
  renewalChecks,
  extensions,
  rentReviews,
  rentReviewChecks,
  noticeManagement,
];
