/**
 * Queues what is to follow from a change, in the transaction of that change: it is done if and only if that commits. Rooms that know no
 * queue name the task; the composition root knows who does it.
 */
export { enqueue as follow } from '../jobs/enqueue.ts';
