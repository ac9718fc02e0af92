import type { Row } from '../../../kernel/record.ts';
import { computed, type Mappings } from '../../../wire/resource/mapping.ts';
import { valueAt } from '../../../wire/resource/spec.ts';

/** The least score of each letter of an energy certificate. */
const LETTERS = [
  [92, 'A'],
  [81, 'B'],
  [69, 'C'],
  [55, 'D'],
  [39, 'E'],
  [21, 'F'],
  [1, 'G'],
] as const;

const letterOf = (score: unknown): string | null =>
  typeof score === 'number' ? (LETTERS.find(([least]) => score >= least)?.[1] ?? null) : null;

const rating = (name: string) => computed({ read: (row: Row) => letterOf(valueAt(row, `extras.reapit.epc.${name}`)) });

/** The letters that follow from the scores of a certificate (contracts/reapit.md §4.3: derived, read only). */
export const epcRatings: Mappings = {
  eerRating: rating('eer'),
  eerPotentialRating: rating('eerPotential'),
  eirRating: rating('eir'),
  eirPotentialRating: rating('eirPotential'),
};
