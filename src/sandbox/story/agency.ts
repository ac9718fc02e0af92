import { systemActor } from '../../access/actor.ts';
import type { Stage } from '../stage.ts';

/** What properties of a department may say of themselves (contracts/reapit.md §4.3). */
const OPTIONS = {
  typeOptions: ['house', 'flatApartment', 'bungalow', 'townhouse', 'maisonette', 'cottage', 'land', 'commercial'],
  styleOptions: ['detached', 'semiDetached', 'terraced', 'endTerrace', 'groundFloor', 'upperFloor'],
  situationOptions: ['garden', 'patio', 'balcony', 'conservatory', 'communalGarden', 'land'],
  parkingOptions: ['garage', 'doubleGarage', 'offStreet', 'residents', 'carport'],
  ageOptions: ['new', 'modern', 'period'],
  localityOptions: ['rural', 'townCity', 'village'],
  specialFeaturesOptions: ['hotTub', 'swimmingPool', 'fireplace', 'riverView'],
  keywords: ['investment', 'chain free'],
};

/** Departments, sources and a mailing of Allen Realty, as Reapit's clients know them (domain-people §4.1). */
export function agency(stage: Stage): void {
  const { records } = stage.domain;
  const system = systemActor(stage.orgId);
  stage.at('2005-01-03T09:10:00Z', async () => {
    await records.department.create(system, { values: { name: 'Residential', options: OPTIONS } }, { id: 1, code: 'G' });
    const flags = { has_bedrooms: false, has_bathrooms: false, has_reception_rooms: false };
    await records.department.create(system, { values: { name: 'Commercial', options: OPTIONS, ...flags } }, { id: 2, code: 'C' });
  });
  stage.at('2006-03-01T09:20:00Z', async () => {
    const both = { office_ids: ['OXF', 'SOL'], department_ids: ['G'] };
    await records.source.create(
      system,
      { values: { name: 'Valley Gazette', type: 'advertisement', ...both } },
      { id: 1, code: 'ADV' },
    );
    await records.source.create(system, { values: { name: 'Rightmove', type: 'source', ...both } }, { id: 2, code: 'RMV' });
  });
  stage.at('2018-02-01T10:00:00Z', () =>
    records.contactSubscription.create(
      system,
      {
        values: {
          contact_id: 'OXF18000001',
          subscription_code: 'M006',
          name: 'New homes in the valley',
          type: 'mailing',
          group_name: 'Newsletters',
          status: 'subscribed',
          subscribed_on: new Date('2018-02-01T10:00:00Z'),
        },
      },
      { id: 1, code: 'OXF18000001' },
    ),
  );
}
