import { isConsumerRole } from '../../domain/index.ts';
import type { SparkCaller } from './desk.ts';

/** A consumer together with the agent of the portal (contracts/spark.md §5). Lowered to public or idx it is the agent's site that asks. */
export const isConsumer = ({ role }: SparkCaller): boolean => isConsumerRole(role);
