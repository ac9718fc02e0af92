import { OXFORD, SOLON } from './staff.ts';

/** Firms that Allen Realty works with: what they do, and for whom. */
export type Firm = {
  readonly name: string;
  readonly branch: string | null;
  readonly types: readonly string[];
  readonly supplier: string | null;
  readonly officeId: number;
  readonly street: readonly [number: string, name: string, city: string, zip: string];
  readonly staff: readonly (readonly [name: string, job: string])[];
};

const firm = (
  name: string,
  branch: string | null,
  types: readonly string[],
  supplier: string | null,
  officeId: number,
  street: Firm['street'],
  ...staff: Firm['staff']
): Firm => ({ name, branch, types, supplier, officeId, street, staff });

export const FIRMS: readonly Firm[] = [
  firm(
    'Talawanda Plumbing',
    null,
    ['CON', 'SUP'],
    'PLU',
    OXFORD,
    ['14', 'Brookville Rd', 'Oxford', '45056'],
    ['Otis Brandt', 'Owner'],
  ),
  firm(
    'Miami Valley Electric',
    'Hamilton',
    ['CON', 'SUP'],
    'ELE',
    OXFORD,
    ['290', 'Dixie Hwy', 'Hamilton', '45011'],
    ['Rhea Stokes', 'Dispatch'],
  ),
  firm('Harvest Table Cleaning', null, ['SUP'], 'CLN', OXFORD, ['8', 'Locust St', 'Oxford', '45056'], ['Pilar Ochoa', 'Manager']),
  firm(
    'Chagrin Lock & Key',
    null,
    ['SUP'],
    'LOC',
    SOLON,
    ['77', 'Bell St', 'Chagrin Falls', '44022'],
    ['Anders Holm', 'Locksmith'],
  ),
  firm(
    'Solon Builders Collective',
    'Solon',
    ['CON'],
    'BLD',
    SOLON,
    ['3100', 'Aurora Rd', 'Solon', '44139'],
    ['Tess Arbour', 'Foreman'],
  ),
  firm('Green Acre Gardens', null, ['SUP'], 'GAR', SOLON, ['19', 'Cannon Rd', 'Solon', '44139'], ['Ivo Marsh', 'Gardener']),
  firm(
    'Larkin & Poole',
    'Cleveland',
    ['SOL'],
    null,
    SOLON,
    ['900', 'Superior Ave', 'Cleveland', '44114'],
    ['June Larkin', 'Partner'],
  ),
  firm(
    'Butler County Surveyors',
    null,
    ['SUR'],
    null,
    OXFORD,
    ['41', 'High St', 'Hamilton', '45011'],
    ['Sol Whitaker', 'Surveyor'],
  ),
  firm('Ohio Grid Power', null, ['UTL'], null, OXFORD, ['1', 'Energy Plz', 'Columbus', '43215']),
  firm('Lakeland Utilities', null, ['UTL'], null, SOLON, ['12', 'Lake Shore Blvd', 'Cleveland', '44114']),
  firm(
    'Four Mile Management',
    null,
    ['MAN'],
    null,
    OXFORD,
    ['25', 'Park Pl', 'Oxford', '45056'],
    ['Greta Sund', 'Block manager'],
  ),
];

/** Accounts that invoices are booked to. */
export const ACCOUNTS = [
  ['genman', 'General management', false],
  ['repair', 'Repairs', true],
  ['maint', 'Maintenance', true],
  ['insura', 'Insurance', false],
  ['clean', 'Cleaning', true],
  ['letfee', 'Letting fees', false],
] as const;

/** What goes wrong in homes that are let. */
export const REPAIRS = [
  ['Kitchen tap drips', 'Fit a new cartridge', 'PLU', 95, 'landlord'],
  ['Boiler loses pressure', 'Find the leak, refill and test', 'PLU', 240, 'landlord'],
  ['Lights in the hall flicker', 'Test the circuit, replace the switch', 'ELE', 130, 'landlord'],
  ['Front door does not lock', 'Replace the cylinder and cut three keys', 'LOC', 180, 'tenant'],
  ['Gutters overflow at the back', 'Clear gutters and downpipes', 'GAR', 160, 'landlord'],
  ['Fence panel blown down', 'Replace two panels', 'BLD', 310, 'landlord'],
  ['End of tenancy cleaning', 'Clean throughout, carpets included', 'CLN', 275, 'tenant'],
] as const;
