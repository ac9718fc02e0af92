import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Errors } from 'typebox/schema';
import type { SmtpServer } from './mail/index.ts';

const Switch = (description: string, fallback?: 'on' | 'off') =>
  Type.Optional(
    Type.Union([Type.Literal('on'), Type.Literal('off')], { description, ...(fallback ? { default: fallback } : {}) }),
  );
const Text = (description: string, more: { default?: string; pattern?: string; minLength?: number } = {}) =>
  Type.Optional(Type.String({ description, ...more }));
const Count = (description: string, fallback: string) =>
  Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description, default: fallback }));

const DOOR_AT = '(dotloop|reapit|connect|propertybase|spark)=[A-Za-z0-9.-]+';

/** Every setting, read from the environment; docs/configuration.md is generated from this. */
export const Settings = Type.Object({
  HOST: Text('Address to listen on.', { default: '127.0.0.1' }),
  PORT: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,5}$', default: '8080', description: 'Port to listen on; 0 picks a free one.' }),
  ),
  PUBLIC_URL: Text(
    'Address under which people and applications reach Portico; the base of every link it hands out. Must not change once applications exist. Default: http://HOST:PORT.',
    { pattern: '^https?://[^/\\s?#]+/?$' },
  ),
  DATABASE_URL: Text('PostgreSQL (15 or later) to use, as postgres://…. Without it Portico starts its own in PORTICO_DATA.', {
    pattern: '^postgres(ql)?://',
  }),
  PORTICO_DATA: Text('Folder for the embedded database, the files, and the generated secret.', { default: './data' }),
  PORTICO_FILES: Text('Where documents are kept: a folder, or s3://bucket/prefix. Default: PORTICO_DATA/files.'),
  PORTICO_SECRET: Text(
    'Signs cookies and encrypts what must stay readable. Default on a loopback HOST: made at the first start and kept in PORTICO_DATA/secret; elsewhere it must be given, the same for all instances.',
    { minLength: 32 },
  ),
  PORTICO_SANDBOX: Switch(
    'The sandbox brokerage with its published credentials. Default: on if HOST and PUBLIC_URL are loopback, else off.',
  ),
  PORTICO_HOSTS: Text(
    'Host names of doors, as door=name pairs with commas between them; at the root of such a name the door answers.',
    {
      default: 'dotloop=dotloop.localhost,reapit=reapit.localhost,connect=connect.localhost,spark=spark.localhost',
      pattern: `^(${DOOR_AT}(,${DOOR_AT})*)?$`,
    },
  ),
  PORTICO_LOG: Type.Optional(
    Type.Union(
      ['silent', 'error', 'warn', 'info', 'debug'].map((level) => Type.Literal(level)),
      { description: 'How much is logged: at info one line a request. Default: warn on a terminal, else info.' },
    ),
  ),
  PORTICO_UPLOAD_LIMIT: Count('Most bytes of one uploaded document.', String(50 * 1024 * 1024)),
  PORTICO_DOTLOOP_RATE: Count('Calls a minute for each application and user at the dotloop door; 0 turns the limit off.', '100'),
  PORTICO_SPARK_RATE: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,9}$',
      description:
        "Calls in five minutes for each key at the Spark door; 0 turns the limit off. Default: the vendor's figures, 1,500 for IDX and public keys, 4,000 for the others.",
    }),
  ),
  PORTICO_REAPIT_PER_SECOND: Count('Calls in any second for each application at the Reapit door; 0 turns the limit off.', '20'),
  PORTICO_REAPIT_IN_FLIGHT: Count(
    'Calls at a time for each application and customer at the Reapit door; 0 turns the limit off.',
    '5',
  ),
  PORTICO_REAPIT_PER_DAY: Count('Calls in a day (UTC) for each application at the Reapit door; 0 turns the limit off.', '250000'),
  PORTICO_SPARK_PLAIN_HTTP: Switch(
    'Serves signed requests at the Spark door without https too. Sessions and tokens need https all the same, but on a loopback HOST without a proxy, where nothing does.',
    'off',
  ),
  PORTICO_SHARED_LIMITS: Switch(
    'Counts rate limits in the database, for several instances. Default: on with DATABASE_URL, else off.',
  ),
  PORTICO_WEBHOOKS_PRIVATE: Switch(
    'Lets webhooks, and the copying of files from addresses, reach loopback and private addresses, and webhooks receivers on this machine over plain http.',
    'off',
  ),
  PORTICO_TRUST_PROXY: Switch('Believes X-Forwarded-For of the proxy in front, for the slow-down of sign-in attempts.', 'off'),
  PORTICO_SMTP: Text(
    'Server that takes mails, as smtp://user:password@host:587 or smtps://…:465 (TLS from the start). With smtp:// TLS is used where it is offered, and demanded before a password leaves this machine. Without it, and for the sandbox always, mails are files in PORTICO_DATA/mail.',
    { pattern: '^smtps?://[^/\\s?#]+/?$' },
  ),
  PORTICO_MAIL_FROM: Text('Address that mails come from. Default: no-reply at the host of PUBLIC_URL.', {
    pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$',
  }),
  PORTICO_POOL: Type.Optional(
    Type.String({ pattern: '^[1-9][0-9]{0,3}$', default: '20', description: 'Most connections to the database.' }),
  ),
  PORTICO_STATEMENT_TIMEOUT: Count('Seconds that a statement may take; whoever asked is then told to come back (503).', '30'),
  AWS_ENDPOINT_URL_S3: Text('Address of the S3-compatible store, if it is not Amazon.'),
  AWS_REGION: Text('Region of the S3 bucket.'),
  AWS_ACCESS_KEY_ID: Text('Key of the S3 store.'),
  AWS_SECRET_ACCESS_KEY: Text('Secret of the S3 store.'),
  AWS_SESSION_TOKEN: Text('Session token of the S3 store.'),
  PORTICO_S3_PATH_STYLE: Switch('Puts the bucket into the path instead of the host name.', 'off'),
});
type Settings = Static<typeof Settings>;
export type Env = Readonly<Record<string, string | undefined>>;

export type Config = {
  readonly host: string;
  readonly port: number;
  /** without a slash at its end; undefined: known once the server listens */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly files:
    | { readonly kind: 'disk'; readonly directory: string }
    | ({
        readonly kind: 's3';
        readonly bucket: string;
        readonly prefix: string;
        readonly temporary: string;
        readonly forcePathStyle: boolean;
      } & Partial<Record<'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey' | 'sessionToken', string>>);
  readonly secret: string;
  readonly sandbox: boolean;
  /** host name → door */
  readonly hosts: ReadonlyMap<string, string>;
  readonly logLevel: string;
  readonly uploadLimit: number;
  /** null: no limit */
  readonly dotloopCallsPerMinute: number | null;
  /** undefined: the vendor's figures; null: no limit */
  readonly sparkCalls: number | null | undefined;
  /** null: no limit */
  readonly reapitLimits: { readonly perSecond: number | null; readonly inFlight: number | null; readonly perDay: number | null };
  /** what the Spark door serves without https */
  readonly plainHttp: 'all' | 'signed' | 'none';
  readonly sharedLimits: boolean;
  readonly webhooksPrivate: boolean;
  readonly trustProxy: boolean;
  readonly mail: { readonly smtp: SmtpServer | undefined; readonly from: string | undefined; readonly folder: string };
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** variables that look like settings and are none: somebody may have misspelt one */
  readonly unknownSettings: readonly string[];
};

/** A setting is wrong: every wrong one with what to change. The program ends with 78 (EX_CONFIG). */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Portico cannot start with these settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const isLoopback = (host: string) =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  host === '[::1]' ||
  (isIP(host) === 4 && host.startsWith('127.'));

/** Made once and kept beside the data, so that restarts keep cookies and sealed values. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const secret = randomBytes(32).toString('base64url');
    try {
      writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
      return secret;
    } catch {
      // Another Portico was faster.
      return readFileSync(file, 'utf8').trim();
    }
  }
}

const describe = (name: string) => (Settings.properties as Record<string, { description?: string }>)[name]?.description ?? '';

const defaultOf = (name: string) => (Settings.properties as Record<string, { default?: string }>)[name]?.default ?? '';

/** The words that a setting may have, where there are only so many. */
const choicesOf = (name: string) =>
  (Settings.properties as Record<string, { anyOf?: { const: string }[] }>)[name]?.anyOf?.map((choice) => choice.const);

function filesOf(given: Settings, dataDir: string): Config['files'] {
  const place = given.PORTICO_FILES ?? join(dataDir, 'files');
  const s3 = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place);
  if (!s3) return { kind: 'disk', directory: resolve(place) };
  return {
    kind: 's3',
    bucket: s3[1] as string,
    prefix: s3[2] ?? '',
    temporary: join(dataDir, 'uploads'),
    forcePathStyle: given.PORTICO_S3_PATH_STYLE === 'on',
    ...(given.AWS_ENDPOINT_URL_S3 ? { endpoint: given.AWS_ENDPOINT_URL_S3 } : {}),
    ...(given.AWS_REGION ? { region: given.AWS_REGION } : {}),
    ...(given.AWS_ACCESS_KEY_ID ? { accessKeyId: given.AWS_ACCESS_KEY_ID } : {}),
    ...(given.AWS_SECRET_ACCESS_KEY ? { secretAccessKey: given.AWS_SECRET_ACCESS_KEY } : {}),
    ...(given.AWS_SESSION_TOKEN ? { sessionToken: given.AWS_SESSION_TOKEN } : {}),
  };
}

/** undefined for what is no address of a server */
function smtpOf(text: string): SmtpServer | undefined {
  try {
    const { protocol, hostname, port, username, password } = new URL(text);
    const secure = protocol === 'smtps:';
    const host = hostname.replace(/^\[|\]$/g, '');
    const login = username === '' ? undefined : { user: decodeURIComponent(username), password: decodeURIComponent(password) };
    return { host, port: Number(port) || (secure ? 465 : 587), secure, login, onThisMachine: isLoopback(host) };
  } catch {
    return undefined;
  }
}

/**
 * Reads every setting once. An empty variable counts as not set.
 * @throws ConfigError that lists all wrong settings
 */
export function readConfig(env: Env, terminal = false): Config {
  const names = Object.keys(Settings.properties);
  // What a container's surroundings add may begin so too, hence no reason to stop.
  const unknownSettings = Object.keys(env).filter((name) => name.startsWith('PORTICO_') && !names.includes(name));
  const given = Object.fromEntries(names.filter((name) => env[name]).map((name) => [name, env[name]])) as Settings;
  const [, errors] = Errors(Settings, given);
  const wrong = new Map(errors.map((error) => [error.instancePath.split('/')[1] ?? '', error.message]));
  const problems = [...wrong].map(([name, message]) => {
    const shown = /SECRET|KEY|TOKEN|DATABASE|SMTP/.test(name) ? '…' : env[name];
    const choices = choicesOf(name);
    return `${name} is '${shown}': ${choices ? `must be one of ${choices.join(', ')}` : message}. ${describe(name)}`;
  });
  const settingOf = (name: keyof Settings): string => given[name] ?? defaultOf(name);
  const host = settingOf('HOST');
  const port = Number(settingOf('PORT'));
  if (port > 65_535) problems.push(`PORT is '${port}': there are ports up to 65535`);
  const dataDir = resolve(settingOf('PORTICO_DATA'));
  const publicUrl = given.PUBLIC_URL?.replace(/\/$/, '');
  const local = isLoopback(host) && (!publicUrl || isLoopback(URL.parse(publicUrl)?.hostname ?? ''));
  if (!local && !given.PORTICO_SECRET)
    problems.push(`PORTICO_SECRET is not set, and Portico is to be reached from elsewhere. Set 32 or more random characters.`);
  if (!isLoopback(host) && !publicUrl)
    problems.push(`PUBLIC_URL is not set, and HOST is not loopback. ${describe('PUBLIC_URL')}`);
  const smtp = given.PORTICO_SMTP === undefined ? undefined : smtpOf(given.PORTICO_SMTP);
  if (given.PORTICO_SMTP !== undefined && !smtp) problems.push(`PORTICO_SMTP is no address. ${describe('PORTICO_SMTP')}`);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    host,
    port,
    publicUrl: publicUrl ?? (port === 0 ? undefined : `http://${host.includes(':') ? `[${host}]` : host}:${port}`),
    databaseUrl: given.DATABASE_URL,
    dataDir,
    files: filesOf(given, dataDir),
    secret: given.PORTICO_SECRET ?? keptSecret(dataDir),
    sandbox: given.PORTICO_SANDBOX ? given.PORTICO_SANDBOX === 'on' : local,
    hosts: new Map(
      settingOf('PORTICO_HOSTS')
        .split(',')
        .filter((pair) => pair)
        .map((pair) => [(pair.split('=')[1] as string).toLowerCase(), pair.split('=')[0] as string]),
    ),
    logLevel: given.PORTICO_LOG ?? (terminal ? 'warn' : 'info'),
    uploadLimit: Number(settingOf('PORTICO_UPLOAD_LIMIT')),
    dotloopCallsPerMinute: Number(settingOf('PORTICO_DOTLOOP_RATE')) || null,
    sparkCalls: given.PORTICO_SPARK_RATE === undefined ? undefined : Number(given.PORTICO_SPARK_RATE) || null,
    reapitLimits: {
      perSecond: Number(settingOf('PORTICO_REAPIT_PER_SECOND')) || null,
      inFlight: Number(settingOf('PORTICO_REAPIT_IN_FLIGHT')) || null,
      perDay: Number(settingOf('PORTICO_REAPIT_PER_DAY')) || null,
    },
    plainHttp: local && given.PORTICO_TRUST_PROXY !== 'on' ? 'all' : given.PORTICO_SPARK_PLAIN_HTTP === 'on' ? 'signed' : 'none',
    sharedLimits: given.PORTICO_SHARED_LIMITS ? given.PORTICO_SHARED_LIMITS === 'on' : given.DATABASE_URL !== undefined,
    webhooksPrivate: given.PORTICO_WEBHOOKS_PRIVATE === 'on',
    trustProxy: given.PORTICO_TRUST_PROXY === 'on',
    mail: { smtp, from: given.PORTICO_MAIL_FROM, folder: join(dataDir, 'mail') },
    poolSize: Number(settingOf('PORTICO_POOL')),
    statementTimeoutMs: 1_000 * Number(settingOf('PORTICO_STATEMENT_TIMEOUT')),
    unknownSettings,
  };
}

/** The settings as a table, for docs/configuration.md. */
export function describeSettings(): string {
  const rows = Object.entries(Settings.properties as Record<string, { description?: string; default?: string }>).map(
    ([name, setting]) => `| \`${name}\` | ${setting.default ? `\`${setting.default}\`` : ''} | ${setting.description ?? ''} |`,
  );
  return `<!-- Generated by scripts/snap.ts from src/config.ts. Do not edit. -->\n# Configuration\n\nPortico reads its settings from the environment, once, at the start; it lists every wrong one and ends with exit code 78.\n\n| setting | default | meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}
