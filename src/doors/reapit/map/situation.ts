import { containsAny } from '../../../wire/resource/conditions.ts';

/** The filter is published with a letter more than the member has (contracts/reapit.md §5.2). */
export const situationIs = (values: readonly string[]) =>
  containsAny(
    'situations',
    values.map((word) => (word === 'communalGardens' ? 'communalGarden' : word)),
  );
