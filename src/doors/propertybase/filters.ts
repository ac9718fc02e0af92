import type { Condition } from '../../kernel/condition.ts';
import { among, anyOf, atLeast, atMost, field, literal, words } from '../../wire/resource/conditions.ts';
import { badRequest } from './faults.ts';
import type { Filter } from './resource.ts';
import { TEXTS } from './words.ts';

const split = (values: readonly string[]) =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

const ids = (values: readonly string[], name: string): number[] =>
  split(values).map((value) => {
    if (!/^\d{1,15}$/.test(value)) throw badRequest(TEXTS.parameter(name));
    return Number(value);
  });

/** Ids: a comma joins several. `of` is the field of the catalogue that has the id. */
export const byId =
  (of: string): Filter =>
  (values, name) => ({ kind: 'among', left: field(of), values: ids(values, name).map((id) => literal('integer', id)) });

/** Text, whole, without case, a comma taken literally. */
export const byText =
  (of: string): Filter =>
  (values) =>
    among(of, values);

/** @throws SiteFault 400 for a word that is not on the list */
export const wordsOf = (values: readonly string[], name: string, list: readonly string[]): string[] =>
  split(values).map((value) => {
    const word = list.find((one) => one.toLowerCase() === value.toLowerCase());
    if (word === undefined) throw badRequest(TEXTS.parameter(name));
    return word;
  });

/** One of a list of words: a comma joins several. `as` says how the house keeps a word. */
export const byWord =
  (of: string, list?: readonly string[], as: (word: string) => string = (word) => word): Filter =>
  (values, name) => {
    const asked = list ? wordsOf(values, name, list) : split(values);
    return among(of, asked.map(as));
  };

export const truth = (value: string | undefined, name: string): boolean => {
  const word = value?.toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw badRequest(TEXTS.parameter(name));
};
export const byTruth =
  (of: string): Filter =>
  (values, name) =>
    among(of, [truth(values[0], name)]);

const number = (value: string, name: string): number => {
  if (!/^[+-]?\d{1,15}(\.\d{1,10})?$/.test(value.trim())) throw badRequest(TEXTS.parameter(name));
  return Number(value);
};
export const byBound =
  (of: string, op: 'ge' | 'le'): Filter =>
  (values, name) =>
    (op === 'ge' ? atLeast : atMost)(of, number(values[0] ?? '', name));

/** Every word is a part of one of these texts. */
export const byPart =
  (...fields: readonly string[]): Filter =>
  (values) =>
    anyOf(...values.flatMap((value) => fields.map((name) => words(name, value))));

export const when =
  (test: (asked: boolean) => Condition | undefined): Filter =>
  (values, name) =>
    test(truth(values[0], name));
