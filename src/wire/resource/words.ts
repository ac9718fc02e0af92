import { Fault } from '../../kernel/fault.ts';
import type { Resource } from './resource.ts';

/** `office_ids/1` of the house is `officeIds[1]` at the door. */
const rename = <A>({ wordOf }: Resource<A>, at: string): string => {
  const [first = '', ...rest] = at.split('/');
  const word = wordOf.get(first);
  return word === undefined ? at : word + rest.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
};

/** Runs work of the domain; the members that its breaches name get their names at the door. */
export async function inWords<A, T>(resource: Resource<A>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Fault) || error.breaches.length === 0) throw error;
    const breaches = error.breaches.map((breach) =>
      breach.at === undefined ? breach : { ...breach, at: rename(resource, breach.at) },
    );
    throw new Fault(error.kind, error.message, {
      breaches,
      cause: error,
      ...(error.reason === undefined ? {} : { reason: error.reason }),
      ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    });
  }
}
