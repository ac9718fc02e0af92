import type { Actor } from '../../access/actor.ts';
import { AREAS } from '../data/areas.ts';
import { ALLEN, BRIAN, JOHN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

const HOME = 'OXF190347';

function areas(stage: Stage, by: Actor): void {
  stage.at('2009-11-02T15:00:00Z', async () => {
    for (const { id, code, name, type, area, offices } of AREAS)
      await stage.domain.records.area.create(
        by,
        { values: { name, type, area, office_ids: offices, department_ids: ['G'] } },
        { id, code },
      );
  });
}

/** Who sells the apartment of the notes, and what hangs on it besides pictures. */
function home(stage: Stage, by: Actor): void {
  const { records } = stage.domain;
  stage.at('2010-08-15T16:10:00Z', async () => {
    await records.keySet.create(
      by,
      {
        values: {
          property_id: HOME,
          office_id: 'OXF',
          number: '117',
          type_code: 'SA',
          extras: { reapit: { keysInSet: [{ name: 'Front door' }, { name: 'Terrace' }] } },
        },
      },
      { id: 5501, code: 'OXF2000001' },
    );
    await records.propertyCheck.create(
      by,
      {
        values: {
          property_id: HOME,
          type_code: 'preInstruction',
          status: 'completed',
          extras: { reapit: { description: 'Proof of ownership' } },
        },
      },
      { id: 5511, code: 'OXF20002002' },
    );
    await records.appraisal.create(
      by,
      {
        values: {
          property_id: HOME,
          starts_on: '2010-08-12',
          extras: { reapit: { price: 690000, notes: 'Terrace adds value' } },
        },
      },
      { id: 5512, code: 'RPT22045601' },
    );
  });
  stage.at('2010-08-16T09:30:00Z', async () => {
    await records.certificate.create(
      by,
      {
        values: {
          property_id: HOME,
          category: 'safetyCertificate',
          type_code: 'GS',
          starts_on: '2018-01-15',
          expires_on: '2019-01-15',
          extras: { reapit: { referenceNumber: 'GS-2018-0115', notes: 'Boiler and hob' } },
        },
      },
      { id: 5521, code: 'CRT21000001' },
    );
    await records.certificate.create(
      by,
      {
        values: {
          estate_code: 'MAINST',
          block_code: 'MAINST1',
          category: 'insurancePolicy',
          type_code: 'BI',
          expires_on: '2019-06-30',
        },
      },
      { id: 5522, code: 'CRT21000002' },
    );
    await records.alarm.create(
      by,
      {
        values: {
          property_id: HOME,
          type_code: 'SMK',
          extras: { reapit: { categoryId: 'FIR', location: 'Hall', checkedDate: '2018-01-15T10:00:00Z', removed: false } },
        },
      },
      { id: 5513, code: 'OXF18000013' },
    );
    await records.developmentPhase.create(
      by,
      { values: { property_id: HOME, extras: { reapit: { phase: 'One', notes: 'Main Street side', completed: true } } } },
      { id: 5514, code: 'OXF18000014' },
    );
    await records.staffRole.create(
      by,
      { values: { property_id: HOME, member_id: 'ADM', status: 'propertyManager' } },
      { id: 5515, code: 'OXF18000015' },
    );
    await records.translation.create(
      by,
      {
        values: {
          property_id: HOME,
          type_code: 'es',
          extras: { reapit: { strapline: 'Apartamento de esquina con jacuzzi en la terraza' } },
        },
      },
      { id: 5516, code: 'OXF18000016' },
    );
    await records.auctionLot.create(
      by,
      {
        values: {
          property_id: HOME,
          member_id: 'JAS',
          lot_number: '17',
          status: 'withdrawn',
          extras: { reapit: { auction: { id: 'AU1', auctionCode: 'SPRING', venueId: 'HALL' } } },
        },
      },
      { id: 5531, code: 'OXF18000031' },
    );
  });
  stage.at('2017-02-01T14:00:00Z', () =>
    records.keyMovement.create(
      by,
      { values: { key_set_id: 'OXF2000001', out_kind: 'negotiator', out_id: 'BRE', out_member_id: 'ADM' } },
      { id: 5541, code: 'OXF2000200' },
    ),
  );
  stage.at('2017-02-01T17:20:00Z', () =>
    records.keyMovement.update(by, 'OXF2000200', () => ({ values: { in_member_id: 'JAS' } })),
  );
  stage.at('2017-05-17T14:00:00Z', async () => {
    await records.vendor.update(by, HOME, () => ({
      values: { type_code: 'S', selling_reason_code: 'DWN', source_id: 'RMV', last_call: '2017-05-17', next_call: '2018-09-20' },
    }));
    await records.party.create(
      by,
      { values: { vendor_id: HOME, associated_kind: 'contact', associated_id: 'OXF18000005', is_main: true } },
      { id: 5403, code: 'OXF20002003' },
    );
  });
}

/** Mr John Smith looks for a home and bids for the apartment; Hannah Voss has bought the townhouse by the water. */
function buyers(stage: Stage, by: Actor): void {
  const { records } = stage.domain;
  stage.at('2018-02-05T15:00:00Z', async () => {
    await records.applicant.create(
      by,
      {
        values: {
          marketing_mode: 'buying',
          department_id: 'G',
          office_ids: ['OXF', 'SOL'],
          member_ids: ['JAS', 'BRE'],
          status_code: 'HOT',
          types: ['flatApartment', 'townhouse'],
          situations: ['balcony', 'roofTerrace'],
          special_features: ['hotTub'],
          bedrooms_min: 2,
          bedrooms_max: 3,
          price_from: 500000,
          price_to: 700000,
          location_type: 'areas',
          location_options: ['BAY', 'BRM'],
          last_call: '2018-06-01',
          next_call: '2018-09-15',
          source_id: 'RMV',
          extras: { reapit: { notes: 'Wonders whether the hot tub stays', buying: { positionId: 'NTS', reasonId: 'MOV' } } },
        },
      },
      { id: 5551, code: 'OXF200060' },
    );
    await records.party.create(
      by,
      { values: { applicant_id: 'OXF200060', associated_kind: 'contact', associated_id: 'OXF18000001', is_main: true } },
      { id: 5401, code: 'OXF20002002' },
    );
    await records.applicant.create(
      by,
      {
        values: {
          marketing_mode: 'buying',
          department_id: 'G',
          office_ids: ['OXF'],
          member_ids: ['ALA'],
          types: ['townhouse'],
          bedrooms_min: 3,
          price_to: 680000,
        },
      },
      { id: 5552, code: 'OXF200061' },
    );
    await records.party.create(
      by,
      { values: { applicant_id: 'OXF200061', associated_kind: 'contact', associated_id: 'OXF18000006', is_main: true } },
      { id: 5404, code: 'OXF20002004' },
    );
  });
  const offer = (id: number, code: string, values: Readonly<Record<string, unknown>>) =>
    records.offer.create(by, { values }, { id, code });
  stage.at('2018-03-01T15:30:00Z', async () => {
    await offer(5561, 'OXF2000001', {
      applicant_id: 'OXF200060',
      property_id: HOME,
      member_id: 'JAS',
      offered_on: '2018-03-01',
      amount: 670000,
      status: 'pending',
      extras: { reapit: { inclusions: 'The hot tub', conditions: 'Subject to survey' } },
    });
  });
  stage.at('2018-04-12T15:30:00Z', async () => {
    const property = await townhouse(stage);
    await offer(5562, 'OXF2000122', {
      applicant_id: 'OXF200061',
      property_id: property,
      member_id: 'ALA',
      offered_on: '2018-04-10',
      amount: 642500,
      status: 'accepted',
    });
    await records.conveyancing.update(by, 'OXF2000122', ({ extras }) => ({
      values: { extras: { ...(extras as object), reapit: { enquiriesSent: '2018-04-20', mortgageRequired: 'yes' } } },
    }));
  });
}

/** The code of the listing that Loop-It names, which the story mints. */
async function townhouse({ domain, orgId }: Stage): Promise<string> {
  const { rows } = await domain.records.property.list(actorOf(orgId, ALLEN), {
    where: { kind: 'contains', left: { kind: 'field', name: 'address_text' }, text: '2100 waterview dr' },
    order: [],
    limit: 1,
    offset: 0,
    total: false,
  });
  return rows[0]?.code ?? '';
}

/** What Reapit's clients know of selling (domain-people §4.1): the rows that documents print, and those around them. */
export function selling(stage: Stage): void {
  const [john, brian] = [JOHN, BRIAN].map((person) => actorOf(stage.orgId, person)) as [Actor, Actor];
  areas(stage, john);
  home(stage, john);
  buyers(stage, brian);
}
