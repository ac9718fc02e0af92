import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect } from '../../src/db/index.ts';
import { enqueue, enqueueAll, joinTasks, migrateJobs, startJobs, type Tasks } from '../../src/jobs/index.ts';
import { copyDatabase } from '../../src/testing/server.ts';

const log = { warn() {}, error() {} };

describe('jobs', () => {
  let database: Awaited<ReturnType<typeof copyDatabase>>;
  let house: ReturnType<typeof connect>;
  before(async () => {
    database = await copyDatabase('empty');
    house = connect(database.url, { max: 8 });
  });
  after(async () => {
    await house.close();
    await database.drop();
  });

  const waiting = async () => {
    const { rows } = await house.pool.query('select key, run_at, priority from graphile_worker._private_jobs order by id');
    return rows as { key: string | null; run_at: Date; priority: number }[];
  };

  test('a second migration check is one query', async (t) => {
    // The pool hands out the connection that was given back last.
    const client = await house.pool.connect();
    const { mock } = t.mock.method(client, 'query');
    client.release();
    await migrateJobs(house.pool);
    equal(mock.callCount(), 1);
  });

  test('run if the transaction commits, and only then', async () => {
    const ran: unknown[] = [];
    let done = () => {};
    const both = new Promise<void>((resolve) => {
      done = resolve;
    });
    const tasks: Tasks = {
      note: async (payload) => {
        ran.push(payload);
        if (ran.length === 2) done();
      },
    };
    const runner = await startJobs({ pool: house.pool, tasks, log, crontab: [{ task: 'note', match: '0 4 1 1 *' }] });
    await rejects(
      house.db.tx(async (tx) => {
        await enqueue(tx, 'note', { n: 0 });
        throw new Error('no');
      }),
      /no/,
    );
    await house.db.tx((tx) => enqueue(tx, 'note', { n: 1 }));
    await house.db.tx((tx) => enqueueAll(tx, 'note', [{ payload: { n: 2 }, key: 'two' }]));
    await both;
    await runner.stop();
    deepEqual(ran, [{ n: 1 }, { n: 2 }]);
    equal((await waiting()).length, 0);
  });

  test('go on when a runner has given up', async () => {
    let done = () => {};
    const fired: unknown[] = [];
    const second = new Promise<void>((resolve) => {
      done = resolve;
    });
    const tasks: Tasks = {
      stuck: async () => {},
      next: async (payload) => {
        fired.push(payload);
        done();
      },
    };
    // A done job that cannot be taken off the queue: what a database that goes away at that moment looks like.
    await house.pool.query(`create function no_delete() returns trigger language plpgsql as $$ begin raise 'away'; end $$`);
    await house.pool.query(
      'create trigger no_delete before delete on graphile_worker._private_jobs execute function no_delete()',
    );
    let gaveUp = () => {};
    const seen = new Promise<void>((resolve) => {
      gaveUp = resolve;
    });
    const told = { warn() {}, error: (_: object, message: string) => message.includes('gave up') && gaveUp() };
    const runner = await startJobs({ pool: house.pool, tasks, log: told, restartMs: 10 });
    await house.db.tx((tx) => enqueue(tx, 'stuck', {}));
    await seen;
    await house.pool.query('drop function no_delete cascade');
    await house.db.tx((tx) => enqueue(tx, 'next', { n: 1 }));
    await second;
    await runner.stop();
    deepEqual(fired, [{ n: 1 }]);
    await house.pool.query('delete from graphile_worker._private_jobs');
  });

  test('a key stands for one waiting job; time and rank are kept', async () => {
    const runAt = new Date('2099-01-01T00:00:00Z');
    await house.db.tx((tx) => enqueue(tx, 'later', { n: 1 }, { key: 'k' }));
    await house.db.tx((tx) => enqueue(tx, 'later', { n: 2 }, { key: 'k', runAt, priority: 3 }));
    deepEqual(await waiting(), [{ key: 'k', run_at: runAt, priority: 3 }]);
  });

  test('no two tasks have one name', () => {
    const task = async () => {};
    deepEqual(Object.keys(joinTasks({ a: task }, { b: task })), ['a', 'b']);
    throws(() => joinTasks({ a: task }, { a: task }), /Two tasks are called a/);
  });
});
