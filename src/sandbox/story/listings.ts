import { ALLEN, JOHN, OXFORD } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

/** The listing behind loop 34308, and the one that the printed Loop-It names. */
export const LISTING_OF_34308 = 7001;
const LISTING_OF_LOOP_IT = 7002;

export function listings(stage: Stage): void {
  const { properties } = stage.domain;
  stage.at('2010-08-15T15:35:24.571Z', () =>
    properties.createProperty(
      actorOf(stage.orgId, JOHN),
      {
        street_number: '333',
        street_name: 'Main',
        street_suffix: 'St',
        unit_number: '123',
        city: 'San Francisco',
        state_or_province: 'CA',
        postal_code: '94105',
        country: 'US',
        property_sub_type: 'Condominium',
        bedrooms: 2,
        bathrooms_total: 2,
        bathrooms_full: 2,
        living_area_min: 1240,
        living_area_max: 1240,
        living_area_unit: 'squareFeet',
        year_built: 2003,
        sale_status: 'forSale',
        standard_status: 'Active',
        sale_price: 685000,
        original_list_price: 699000,
        sale_list_date: '2017-01-09',
        list_member_id: JOHN.memberId,
        list_office_id: OXFORD,
        office_ids: [OXFORD],
        published: true,
        headline: 'Corner unit with a hot tub on the terrace',
        public_remarks: 'Two bedrooms above Main Street, a terrace to the south, parking below the house.',
      },
      { id: LISTING_OF_34308, code: 'OXF190347', resoKey: '20100815153524571646000000' },
    ),
  );
  stage.at('2010-09-12T15:34:22.758Z', () =>
    properties.createProperty(
      actorOf(stage.orgId, ALLEN),
      {
        listing_number: '43FSB8',
        street_number: '2100',
        street_name: 'Waterview',
        street_suffix: 'Dr',
        unit_number: '12',
        city: 'San Francisco',
        state_or_province: 'CA',
        postal_code: '94114',
        county: 'San Francisco',
        country: 'US',
        subdivision: 'Waterview Terrace',
        mls_area_minor: 'Twin Peaks West',
        school_district: 'San Francisco Unified',
        property_sub_type: 'Townhouse',
        bedrooms: 3,
        bathrooms_total: 2.5,
        bathrooms_full: 2,
        bathrooms_half: 1,
        living_area_min: 1850,
        living_area_max: 1850,
        living_area_unit: 'squareFeet',
        lot_min: 0.06,
        lot_max: 0.06,
        lot_unit: 'acres',
        year_built: 1998,
        sale_status: 'forSale',
        standard_status: 'Active',
        sale_price: 650000,
        original_list_price: 675000,
        sale_list_date: '2017-04-03',
        expiration_date: '2017-10-03',
        hoa_fee: 310,
        list_member_id: ALLEN.memberId,
        list_office_id: OXFORD,
        office_ids: [OXFORD],
        published: true,
        public_remarks: 'End unit by the water with a garage and a walled garden.',
      },
      { id: LISTING_OF_LOOP_IT, resoKey: '20100912153422758914000000' },
    ),
  );
}
