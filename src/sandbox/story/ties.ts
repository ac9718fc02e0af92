import { statement } from '../../db/index.ts';
import { insertRows, type Row } from '../bulk/insert-rows.ts';
import { nounRows } from '../bulk/noun-rows.ts';
import { JOHN } from '../data/staff.ts';
import type { PaperName } from '../papers.ts';
import type { Stage } from '../stage.ts';
import { castOf, type Part } from './cast.ts';
import { blobOf } from './papers-kept.ts';

/** When the last loose ends are tied; nothing of the story happens later. */
const TIED = new Date('2018-09-12T09:00:00Z');

const tie = (name: string, sql: string) => statement<never>(`sandbox.tie_${name}`, sql);
const solicitors = (['applicant', 'vendor'] as const).map((table) =>
  tie(`solicitors_of_${table}`, `update ${table} set solicitor_id = $2 where org_id = $1 and id > 10000000 and id % 5 = 0`),
);
const sales = tie(
  'sales',
  'update conveyancing set vendor_solicitor_id = $2, buyer_solicitor_id = $2 where org_id = $1 and id > 10000000 and id % 5 = 0',
);
const sources = tie(
  'sources',
  `update contact set source_id = (select min(id) from source where org_id = $1 and deleted_at is null)
   where org_id = $1 and id > 10000000 and id % 9 = 0`,
);
const sale = tie('sale', 'update property set sale_brochure_id = $3, extras = extras || $4 where org_id = $1 and id = $2');
const home = tie('home', 'update property set let_brochure_id = $3, extras = extras || $4 where org_id = $1 and id = $2');
const check = tie(
  'check',
  `update identity_check set document1 = coalesce(document1, '{}') || jsonb_build_object('documentId', $3::text),
     document2 = coalesce(document2, '{"typeId": "UB"}') || jsonb_build_object('documentId', $4::text) where org_id = $1 and id = $2`,
);
const referral = tie('referral', 'update referral set applicant_id = $3 where org_id = $1 and id = $2');
const task = tie(
  'task',
  `update task set applicant_id = $2, landlord_id = $3, tenancy_id = $4
   where org_id = $1 and id = (select max(id) from task where org_id = $1 and id > 10000000 and list_id is null and deleted_at is null)`,
);
const appointments = tie(
  'appointments',
  `update appointment a set attendee_kind = p.kind, attendee_id = p.id, attendee_confirmed = true,
     contact_id = (select contact_id from party where org_id = $1 and is_main and p.id = case p.kind
       when 'applicant' then applicant_id when 'landlord' then landlord_id else tenancy_id end limit 1)
   from (select id as row_id, row_number() over (order by id desc) as n from appointment
         where org_id = $1 and id > 10000000 and deleted_at is null and confirmed and not cancelled and not recurring limit 3) last
   join (values (1, 'applicant', $2::bigint), (2, 'landlord', $3::bigint), (3, 'tenancy', $4::bigint)) p (n, kind, id) on p.n = last.n
   where a.org_id = $1 and a.id = last.row_id`,
);

const PAPERS: readonly (readonly [subject: Part | 'property', part: Part, type: string, paper: PaperName, name: string])[] = [
  ['property', 'sale', 'DET', 'propertyDisclosure', 'Brochure.pdf'],
  ['property', 'home', 'DET', 'propertyDisclosure', 'Letting brochure.pdf'],
  ['contact', 'contact', 'LET', 'disclosures', 'Letter of welcome.pdf'],
  ['applicant', 'applicant', 'LET', 'agencyDisclosure', 'Terms of search.pdf'],
  ['landlord', 'landlord', 'LET', 'agencyDisclosure', 'Terms of letting.pdf'],
  ['tenancy', 'tenancy', 'LIC', 'leadPaint', 'Lead paint.pdf'],
  ['worksOrder', 'worksOrder', 'LET', 'inspectionReport', 'Report of the repair.pdf'],
  ['identityCheck', 'identityCheck', 'LET', 'disclosures', 'Licence.pdf'],
  ['identityCheck', 'identityCheck', 'LET', 'disclosures', 'Utility bill.pdf'],
];

/** Rows that came in bulk lead to each other too: every link and every embed of the Reapit door has something behind it somewhere. */
export function ties(stage: Stage): void {
  stage.at(TIED, async () => {
    const { tx, orgId } = stage;
    const of = await castOf(stage);
    const idOf = (part: Part) => of(part).id;
    const rows = nounRows(stage);
    const made = { by: JOHN, at: TIED };
    const roles = { applicant_id: null, landlord_id: null, tenancy_id: null, vendor_id: null, offer_id: null };
    for (const part of ['applicant', 'landlord', 'tenancy', 'vendor'] as const)
      await rows.add('party', {
        ...made,
        width: 11,
        label: of(part).code,
        values: {
          ...roles,
          [`${part}_id`]: idOf(part),
          associated_kind: 'company',
          associated_id: idOf('supplier'),
          is_main: false,
          position: 1,
        },
      });
    await rows.add('certificate', {
      ...made,
      width: 11,
      label: 'GS',
      values: {
        property_id: idOf('home'),
        category: 'safetyCertificate',
        type_code: 'GS',
        starts_on: '2018-09-12',
        expires_on: '2019-09-12',
        company_id: idOf('supplier'),
      },
    });
    await rows.add('property_part', {
      ...made,
      noun: 'staff_role',
      width: 11,
      label: JOHN.name,
      values: { property_id: idOf('home'), kind: 'staffRole', member_id: JOHN.memberId, status: 'propertyManager' },
    });
    const versions: Row[] = [];
    const documents: { readonly id: number; readonly code: string }[] = [];
    for (const [subject, part, type_code, paper, name] of PAPERS) {
      const document = await rows.add('document', {
        ...made,
        width: 11,
        label: name,
        values: {
          name,
          type_code,
          reso_key: stage.mintResoKey(TIED),
          subject_type: subject === 'identityCheck' ? 'idCheck' : subject,
          subject_id: idOf(part),
          subject_code: of(part).code,
          audience: 'office',
          added_by: JOHN.memberId,
        },
      });
      documents.push(document);
      const version = { org_id: orgId, document_id: document.id, n: 1, blob_id: blobOf(stage, paper), file_name: name };
      versions.push({ ...version, added_by: JOHN.memberId, created_at: TIED });
    }
    await rows.insert();
    await insertRows(tx, 'document_version', versions);

    for (const one of solicitors) await tx.rows(one, [orgId, idOf('solicitor')]);
    await tx.rows(sales, [orgId, idOf('solicitor')]);
    await tx.rows(sources, [orgId]);
    const [saleBrochure, letBrochure, , , , , , first, second] = documents;
    const { code: firm } = of('supplier');
    const selling = {
      boardStatus: 'FS',
      disabledPortalIds: ['WEB'],
      availableServicesIds: ['WAT', 'ELE'],
      rural: { tenureId: 'VAC' },
    };
    await tx.rows(sale, [orgId, idOf('sale'), saleBrochure?.id, { reapit: selling }]);
    const one = (what: string) => ({ [what]: { [`${what}CompanyId`]: firm } });
    const lines = { telephoneCompanyId: firm, cableTvCompanyId: firm };
    const utilities = { ...one('gas'), ...one('electricity'), ...one('water'), ...one('internet'), ...lines };
    const letting = { letting: { managementCompanyIds: [firm] }, utilities };
    await tx.rows(home, [orgId, idOf('home'), letBrochure?.id, { reapit: letting }]);
    await tx.rows(check, [orgId, idOf('identityCheck'), first?.code, second?.code]);
    await tx.rows(referral, [orgId, idOf('referral'), idOf('applicant')]);
    const people = [orgId, idOf('applicant'), idOf('landlord'), idOf('tenancy')];
    await tx.rows(task, people);
    await tx.rows(appointments, people);
  });
}
