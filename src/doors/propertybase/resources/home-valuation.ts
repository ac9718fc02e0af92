import { type Fields, of } from '../fields.ts';

/** What a visitor says of a home to be valued (contracts/propertybase.md §3.3). */
export const HOME_VALUATION: Fields = {
  ...of('string', 'rw', 'address unit city state zip_code property_type condition timeline source'),
  ...of('decimal', 'rw', 'latitude longitude bathrooms acres estimated_value estimated_value_low estimated_value_high'),
  ...of('int', 'rw', 'bedrooms square_feet year_built'),
  ...of('text', 'rw', 'comments'),
};
