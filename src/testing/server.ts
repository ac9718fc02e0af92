import { connect } from '../db/connect.ts';
import { keepStatements } from './lint/sent-statements.ts';
import { until } from './until.ts';

export const TEST_SECRET = 'a secret of the tests and of nothing else';

/** What the global setup tells every test file. */
export type TestServer = {
  readonly root: string;
  readonly files: string;
  readonly prefix: string;
  /** where test processes leave the statements that they sent */
  readonly statements: string;
};

export function testServer(): TestServer {
  const facts = process.env.PORTICO_TEST;
  if (!facts) throw new Error('Run tests with `npm test`, or with --test-global-setup=src/testing/setup.ts');
  return JSON.parse(facts);
}

/** The same server, another database. */
export function urlOf({ root }: Pick<TestServer, 'root'>, database: string): string {
  return root.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}

let copies = 0;

/** A database of one's own from a template; `drop` takes it away, whoever is still connected. */
export async function copyDatabase(template: 'empty' | 'sandbox'): Promise<{ url: string; drop(): Promise<void> }> {
  const facts = testServer();
  keepStatements(facts.statements);
  const name = `${facts.prefix}_${process.pid}_${++copies}`;
  const admin = connect(facts.root, { max: 1 });
  await until('the template is free', () =>
    admin.pool.query(`create database ${name} template ${facts.prefix}_${template}`).then(
      () => true,
      (error: unknown) => {
        // Another file is copying the same template at this moment.
        if (error instanceof Error && 'code' in error && error.code === '55006') return false;
        throw error;
      },
    ),
  );
  await admin.close();
  return {
    url: urlOf(facts, name),
    async drop() {
      const again = connect(facts.root, { max: 1 });
      await again.pool.query(`drop database if exists ${name} with (force)`);
      await again.close();
    },
  };
}
