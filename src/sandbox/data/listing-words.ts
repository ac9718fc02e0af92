/** Words from which listings are put together; every place, person and firm is made up. */

export const SUBDIVISIONS = [
  'Heritage Commons',
  'Mill Pond',
  'Fox Run',
  'Orchard Park',
  'Stonebridge',
  'Lakeside Terrace',
  'Canal Landing',
  'Hickory Knoll',
  'Sycamore Bend',
  'Old Quarry',
] as const;

export const SCHOOLS: Readonly<Record<string, string>> = {
  Oxford: 'Talawanda City',
  Hamilton: 'Hamilton City',
  Fairfield: 'Fairfield City',
  Trenton: 'Edgewood City',
  Middletown: 'Middletown City',
  Eaton: 'Eaton Community',
  Solon: 'Solon City',
  'Chagrin Falls': 'Chagrin Falls Exempted Village',
  Twinsburg: 'Twinsburg City',
  Hudson: 'Hudson City',
  Aurora: 'Aurora City',
  Beachwood: 'Beachwood City',
};

/** How homes of a kind are built; the words are Reapit's, the one vendor that has a list of them. */
export const STYLES: Readonly<Record<string, readonly string[]>> = {
  Condominium: ['groundFloor', 'firstFloor', 'upperFloor', 'upperFloorWithLift'],
  Apartment: ['groundFloor', 'firstFloor', 'upperFloor', 'studio'],
  Townhouse: ['terraced', 'endTerrace', 'mews'],
  Duplex: ['semiDetached', 'linkDetached'],
};
export const OTHER_STYLES = ['detached', 'detached', 'detached', 'linkDetached', 'bungalow'] as const;
export const FEATURES = [
  'Hot Tub',
  'Fireplace',
  'Hardwood Floors',
  'Sunroom',
  'Finished Basement',
  'Walk-In Closet',
  'Deck',
  'Fenced Yard',
] as const;

/** How a remark begins, by class of property. */
export const OPENINGS: Readonly<Record<string, readonly string[]>> = {
  residential: [
    'Light from morning to evening in a house that was kept with care.',
    'A quiet street, a deep lot and room for everybody.',
    'The kind of porch on which a summer evening lasts.',
    'Built to stay warm, and renewed room by room over the last ten years.',
    'Two minutes from the trail, ten from the market square.',
    'A plan that works: living rooms to the garden, bedrooms away from the road.',
  ],
  income: [
    'A house of several homes that has hardly ever stood empty.',
    'Separate meters, separate entrances, one sound roof.',
    'Steady tenants and tidy books; inspection reports are at hand.',
  ],
  land: [
    'Gently rising ground with a stand of maples along the north line.',
    'Surveyed, staked and ready for a house that does not exist yet.',
    'A clearing in old woods, with the creek as its southern border.',
  ],
  commercial: [
    'Frontage on a street that everybody in town drives along.',
    'High doors, level floors and room to turn a lorry.',
    'Rooms that were an office, a studio and a shop, and can be each of them again.',
  ],
  farm: ['Fields that drain well, a barn that stands straight.', 'Pasture, hay and a house from which both can be seen.'],
};

export const MIDDLES: Readonly<Record<string, readonly string[]>> = {
  residential: [
    'The kitchen was made new two years ago, with a counter long enough for four.',
    'Floors of oak throughout the first storey.',
    'A furnace of last winter and windows of the year before.',
    'The basement is dry and half of it is finished.',
    'Behind the garage there is a workshop with its own supply.',
    'Schools and the library are within a walk.',
    'The garden has been planted for all four seasons.',
  ],
  income: ['Laundry in the basement, four places to park behind the house.', 'All kitchens were made new within five years.'],
  land: ['Water, power and gas are at the road.', 'Percolation was tested last autumn; the letter is at hand.'],
  commercial: [
    'Sprinklers throughout, and two docks at the rear.',
    'The lease of the ground floor runs three more years.',
    'Parking in front and along the side.',
  ],
  farm: ['The house has four bedrooms and a summer kitchen.', 'Tile drains under the lower fields, a pond above them.'],
};

export const ENDINGS = [
  'Showings on weekends, or whenever it suits.',
  'Free from the first of the month after closing.',
  'Come and see it by daylight.',
  'Bring your plans; they may fit.',
] as const;

export const PRIVATE_REMARKS = [
  'Use the lockbox at the side door. The dog is friendly, the cat is not to be let out.',
  'Sellers prefer a closing after the first of the month.',
  'Two keys in the office. Please ring before a showing.',
  'Roof was inspected in spring; report on request.',
] as const;
export const OFFICE_REMARKS = [
  'Owner would take five thousand less for a quick closing.',
  'Commission on the buyer side to be agreed with the broker first.',
] as const;

export const OPEN_HOUSE_COMMENTS = [
  'Coffee and cider on the porch.',
  'Park along the green, please.',
  'Shoes off, the floors are new.',
  null,
] as const;

/** Other brokerages of the exchange and the people who list there. */
export const OTHER_BROKERAGES = [
  { name: 'Tallgrass Homes', phone: '(513) 555-0171', email: 'desk@tallgrass.example', mls_number: 'TGH01' },
  { name: 'Harbor & Hale Realty', phone: '(440) 555-0172', email: 'office@harborhale.example', mls_number: 'HHR02' },
  { name: 'Crossroads Property Group', phone: '(330) 555-0173', email: 'hello@crossroads.example', mls_number: 'CPG03' },
] as const;
export const OTHER_AGENTS = [
  {
    first_name: 'Lorna',
    last_name: 'Teague',
    phone: '(513) 555-0181',
    email: 'lorna@tallgrass.example',
    mls_number: '700311',
    license: 'SAL.2010001188',
  },
  {
    first_name: 'Wesley',
    last_name: 'Amaro',
    phone: '(440) 555-0182',
    email: 'wesley@harborhale.example',
    mls_number: '700322',
    license: 'SAL.2013002917',
  },
  {
    first_name: 'June',
    last_name: 'Halvorsen',
    phone: '(330) 555-0183',
    email: 'june@crossroads.example',
    mls_number: '700333',
    license: 'SAL.2015000456',
  },
] as const;
