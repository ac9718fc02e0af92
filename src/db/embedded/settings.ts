import { createHash } from 'node:crypto';

export type Settings = Readonly<Record<string, string>>;

const ON_LINUX: Settings = {
  // 0.06 s instead of 2.7 s for the start after a crash.
  recovery_init_sync_method: 'syncfs',
  // What a killed Portico was running, and the locks it held, end with it.
  client_connection_check_interval: '2s',
};

const COMMON: Settings = {
  listen_addresses: '',
  max_connections: '60',
  shared_buffers: '128MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  checkpoint_timeout: '15min',
  // Counts over an index need fresh visibility maps, also in tables that only grow.
  autovacuum_naptime: '20s',
  autovacuum_vacuum_insert_scale_factor: '0.05',
  autovacuum_vacuum_scale_factor: '0.1',
  autovacuum_analyze_scale_factor: '0.05',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Neither statements nor the values in error details: the log holds nobody's data.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

const DURABLE: Settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
const FORGETFUL: Settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export const buildSettings = (durable: boolean, extra: Settings): Settings => ({
  ...COMMON,
  ...(process.platform === 'linux' ? ON_LINUX : {}),
  ...(durable ? DURABLE : FORGETFUL),
  ...extra,
});

/** Two servers with the same fingerprint are interchangeable: a living one with another is not adopted. */
export const fingerprint = (settings: Settings, version: string): string =>
  createHash('sha256')
    .update(JSON.stringify([version, Object.entries(settings).sort()]))
    .digest('hex')
    .slice(0, 16);
