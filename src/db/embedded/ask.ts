import pg from 'pg';

export type Login = { readonly host: string; readonly port: number; readonly user: string; readonly password: string };

/** One question on a connection of its own; `patience` in ms for the connection and again for the answer. */
export async function askServer<R extends pg.QueryResultRow>(
  login: Login,
  database: string,
  sql: string,
  patience: number,
): Promise<R[]> {
  const client = new pg.Client({
    ...login,
    database,
    ssl: false,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    application_name: 'portico launcher',
  });
  // The server may go at any moment; the question's own failure tells it.
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

export const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
