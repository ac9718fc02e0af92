import type { Condition } from '../../kernel/condition.ts';
import type { Fault } from '../../kernel/fault.ts';
import type { BodyWords } from './body.ts';
import type { makePresenter, Presenting } from './present.ts';
import type { makeRegistry } from './registry.ts';
import type { ResourceCaller } from './source.ts';

/** What differs from door to door. */
export type ResourceRules<A, C extends ResourceCaller<A>> = Presenting & {
  /** address of the door, for Location */
  readonly base: string;
  readonly words: BodyWords;
  /** extras fields that the caller may ask for */
  extrasOf(caller: C): ReadonlySet<string>;
  /** the refusal of one that it may not */
  extrasRefused(): Fault;
  /** the refusal for want of a scope */
  scopeMissing(scope: string): Fault;
  /** rows whose documents meet these expressions */
  metadataFilter?(caller: C, type: string, expressions: readonly string[]): Condition;
};

/** What every operation of a door works with. */
export type Room<A, C extends ResourceCaller<A>> = {
  readonly registry: ReturnType<typeof makeRegistry<A>>;
  readonly rules: ResourceRules<A, C>;
  readonly present: ReturnType<typeof makePresenter<A>>;
};
