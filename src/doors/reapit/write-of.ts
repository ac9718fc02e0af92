import type { Actor } from '../../access/actor.ts';
import type { Breach } from '../../kernel/fault.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Write } from '../../kernel/record.ts';
import { changeOf } from '../../wire/resource/change.ts';
import type { Mappings } from '../../wire/resource/mapping.ts';
import { type Resource, resource } from '../../wire/resource/resource.ts';
import type { Source } from '../../wire/resource/source.ts';
import { groupOf } from './contract/data.ts';
import type { Model } from './desk.ts';

/** Members and columns of a group whose rows an operation makes that is written out; read once, when the door opens. */
export const groupShape = (group: string, source: Source<Actor>, fields: Mappings): Resource<Actor> =>
  resource(group, groupOf(group), { source, fields });

/** What a body that was checked already means for a new row. */
export function writeOf(shape: Resource<Actor>, model: Model): Write {
  const { values, references } = changeOf(shape, shape.create, model, {}, null, 'reapit');
  return { values, references };
}

/** A breach of a column, told under the member's name; `at` puts the way to the object before it. */
export const inMembers = (shape: Resource<Actor>, column: string): string => shape.wordOf.get(column) ?? column;

/** Runs work of the domain; breaches get the names of `shape`. */
export async function inWordsOf<T>(shape: Resource<Actor>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Fault) || error.breaches.length === 0) throw error;
    const named = (one: Breach) => (one.at === undefined ? one : { ...one, at: inMembers(shape, one.at) });
    throw new Fault(error.kind, error.message, { breaches: error.breaches.map(named), cause: error });
  }
}
