import { statement } from '../../db/index.ts';
import { insertRows, type Row } from '../bulk/insert-rows.ts';
import { type MadeRow, type NounRows, nounRows } from '../bulk/noun-rows.ts';
import { JOHN } from '../data/staff.ts';
import type { PaperName } from '../papers.ts';
import type { Stage } from '../stage.ts';
import { castOf, type Found, type Part } from './cast.ts';
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
const kept = (column: string) =>
  `update property set ${column} = $3, extras = jsonb_set(extras, '{reapit}', coalesce(extras -> 'reapit', '{}') || $4)
   where org_id = $1 and id = $2`;
const sale = tie('sale', kept('sale_brochure_id'));
const home = tie('home', kept('let_brochure_id'));
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

type Paper = {
  readonly about: 'property' | 'contact' | 'applicant' | 'landlord' | 'tenancy' | 'worksOrder' | 'idCheck';
  readonly part: Part;
  readonly type: string;
  readonly paper: PaperName;
  readonly name: string;
};
const PAPERS = {
  brochure: { about: 'property', part: 'sale', type: 'DET', paper: 'propertyDisclosure', name: 'Brochure.pdf' },
  letBrochure: { about: 'property', part: 'home', type: 'DET', paper: 'propertyDisclosure', name: 'Letting brochure.pdf' },
  welcome: { about: 'contact', part: 'contact', type: 'LET', paper: 'disclosures', name: 'Letter of welcome.pdf' },
  search: { about: 'applicant', part: 'applicant', type: 'LET', paper: 'agencyDisclosure', name: 'Terms of search.pdf' },
  terms: { about: 'landlord', part: 'landlord', type: 'LET', paper: 'agencyDisclosure', name: 'Terms of letting.pdf' },
  leadPaint: { about: 'tenancy', part: 'tenancy', type: 'LIC', paper: 'leadPaint', name: 'Lead paint.pdf' },
  repair: { about: 'worksOrder', part: 'worksOrder', type: 'LET', paper: 'inspectionReport', name: 'Report of the repair.pdf' },
  licence: { about: 'idCheck', part: 'identityCheck', type: 'LET', paper: 'disclosures', name: 'Licence.pdf' },
  bill: { about: 'idCheck', part: 'identityCheck', type: 'LET', paper: 'disclosures', name: 'Utility bill.pdf' },
} as const satisfies Readonly<Record<string, Paper>>;

type Scene = { readonly stage: Stage; readonly rows: NounRows; readonly of: (part: Part) => Found };
const MADE = { by: JOHN, at: TIED };

/** A firm beside the people of each role, its certificate and who manages a home. */
async function addPeople({ rows, of }: Scene): Promise<void> {
  const { id: firm } = of('supplier');
  const { id: property_id } = of('home');
  const roles = { applicant_id: null, landlord_id: null, tenancy_id: null, vendor_id: null, offer_id: null };
  for (const part of ['applicant', 'landlord', 'tenancy', 'vendor'] as const) {
    const { id, code } = of(part);
    const values = { ...roles, [`${part}_id`]: id, associated_kind: 'company', associated_id: firm, is_main: false, position: 1 };
    await rows.add('party', { ...MADE, width: 11, label: code, values });
  }
  const gas = { category: 'safetyCertificate', type_code: 'GS', starts_on: '2018-09-12', expires_on: '2019-09-12' };
  await rows.add('certificate', { ...MADE, width: 11, label: 'GS', values: { property_id, ...gas, company_id: firm } });
  const manager = { property_id, kind: 'staffRole', member_id: JOHN.memberId, status: 'propertyManager' };
  await rows.add('property_part', { ...MADE, noun: 'staff_role', width: 11, label: JOHN.name, values: manager });
}

type Kept = Readonly<Record<keyof typeof PAPERS, MadeRow>>;

async function addPapers({ stage, rows, of }: Scene): Promise<{ readonly kept: Kept; readonly versions: readonly Row[] }> {
  const kept: [string, MadeRow][] = [];
  const versions: Row[] = [];
  for (const [key, { about, part, type, paper, name }] of Object.entries(PAPERS)) {
    const values = {
      name,
      type_code: type,
      reso_key: stage.mintResoKey(TIED),
      subject_type: about,
      subject_id: of(part).id,
      subject_code: of(part).code,
      audience: 'office',
      added_by: JOHN.memberId,
    };
    const document = await rows.add('document', { ...MADE, width: 11, label: name, values });
    kept.push([key, document]);
    const version = { org_id: stage.orgId, document_id: document.id, n: 1, blob_id: blobOf(stage, paper), file_name: name };
    versions.push({ ...version, added_by: JOHN.memberId, created_at: TIED });
  }
  return { kept: Object.fromEntries(kept) as Kept, versions };
}

async function tieRows({ stage: { tx, orgId }, of }: Scene, { brochure, letBrochure, licence, bill }: Kept): Promise<void> {
  const idOf = (part: Part) => of(part).id;
  for (const one of [...solicitors, sales]) await tx.rows(one, [orgId, idOf('solicitor')]);
  await tx.rows(sources, [orgId]);
  const { code: firm } = of('supplier');
  const outside = {
    boardStatus: 'FS',
    disabledPortalIds: ['WEB'],
    availableServicesIds: ['WAT', 'ELE'],
    rural: { tenureId: 'VAC' },
  };
  await tx.rows(sale, [orgId, idOf('sale'), brochure.id, outside]);
  const from = (what: string) => ({ [what]: { [`${what}CompanyId`]: firm } });
  const lines = { telephoneCompanyId: firm, cableTvCompanyId: firm };
  const utilities = { ...from('gas'), ...from('electricity'), ...from('water'), ...from('internet'), ...lines };
  await tx.rows(home, [orgId, idOf('home'), letBrochure.id, { letting: { managementCompanyIds: [firm] }, utilities }]);
  await tx.rows(check, [orgId, idOf('identityCheck'), licence.code, bill.code]);
  await tx.rows(referral, [orgId, idOf('referral'), idOf('applicant')]);
  for (const one of [task, appointments]) await tx.rows(one, [orgId, idOf('applicant'), idOf('landlord'), idOf('tenancy')]);
}

/** Rows that came in bulk lead to each other too: every link and every embed of the Reapit door has something behind it somewhere. */
export function ties(stage: Stage): void {
  stage.at(TIED, async () => {
    const scene: Scene = { stage, rows: nounRows(stage), of: await castOf(stage) };
    await addPeople(scene);
    const { kept: papers, versions } = await addPapers(scene);
    await scene.rows.insert();
    await insertRows(stage.tx, 'document_version', versions);
    await tieRows(scene, papers);
  });
}
