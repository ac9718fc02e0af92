import { readSent } from '../change.ts';
import type { Model } from '../desk.ts';
import { computed, type Fields, of } from '../fields.ts';

/** What a visitor says of a home to be valued (contracts/propertybase.md §3.3). */
const HOME_VALUATION: Fields = {
  ...of('string', 'rw', 'address unit city state zip_code property_type condition timeline source'),
  ...of('decimal', 'rw', 'latitude longitude bathrooms acres estimated_value estimated_value_low estimated_value_high'),
  ...of('int', 'rw', 'bedrooms square_feet year_built'),
  ...of('text', 'rw', 'comments'),
};

const read = (given: Model) => readSent({ fields: HOME_VALUATION }, given, true);

/** What of it is kept: the members there are, in their types. */
export const valuationOf = (given: Model): Model => read(given).values;

/** What is wrong with one that a body brings under `name`. @throws SiteFault 400 */
export const valuationErrors = (name: string, given: unknown): string[] =>
  given ? read(given as Model).errors.map((text) => `${name}: ${text}`) : [];

/** The one that a row keeps. */
export const homeValuation: Fields = {
  home_valuation: computed<Model | null>('object', 'rw', {
    read: (_row, kept) => kept.home_valuation,
    keep: (value) => ({ home_valuation: value && valuationOf(value) }),
  }),
};
