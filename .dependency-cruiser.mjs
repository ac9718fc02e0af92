// The import table of docs/architecture.md. A room may import only the rooms named here (and libraries).
const rooms = {
  kernel: [],
  access: ['kernel'],
  db: ['kernel'],
  files: ['kernel', 'db'],
  jobs: ['kernel', 'db'],
  events: ['kernel', 'access', 'db', 'jobs'],
  domain: ['kernel', 'access', 'db', 'events'],
  outgoing: ['kernel', 'domain'],
  webhooks: ['kernel', 'db', 'jobs', 'events', 'domain', 'outgoing'],
  mail: ['kernel', 'jobs', 'domain/index.ts'],
  wire: ['kernel'],
  doors: ['kernel', 'access', 'wire', 'domain/index.ts'],
  auth: ['kernel', 'access', 'wire', 'domain/index.ts'],
  pages: ['kernel', 'access', 'wire', 'domain/index.ts'],
  sandbox: ['kernel', 'access', 'db', 'events', 'domain/index.ts'],
  backup: ['kernel', 'db', 'webhooks'],
};
const path = (room) => (room.endsWith('.ts') ? `^src/${room.replace('.', '\\.')}$` : `^src/${room}/`);

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    ...Object.entries(rooms).map(([room, may]) => ({
      name: `walls-of-${room}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: [`^src/${room}/`, ...may.map(path)] },
    })),
    { name: 'the files port is a type', severity: 'error', from: { path: '^src/domain/' }, to: { path: '^src/files/' } },
    {
      name: 'one door never imports another',
      severity: 'error',
      from: { path: '^src/doors/([^/]+)/' },
      to: { path: '^src/doors/', pathNot: '^src/doors/($1/|door\\.ts$)' },
    },
    {
      name: 'slices meet through their index',
      severity: 'error',
      from: { path: '^src/domain/([^/]+)/' },
      to: { path: '^src/domain/[^/]+/', pathNot: ['^src/domain/$1/', '^src/domain/[^/]+/index\\.ts$'] },
    },
    { name: 'only db drives', severity: 'error', from: { path: '^src/', pathNot: '^src/db/' }, to: { path: 'node_modules/pg/' } },
    {
      name: 'no framework in the domain',
      severity: 'error',
      from: { path: '^src/(kernel|access|db|files|jobs|events|domain|webhooks|sandbox)/' },
      to: { path: 'node_modules/(fastify|@fastify)/' },
    },
    { name: 'the web imports nothing of the server', severity: 'error', from: { path: '^web/' }, to: { path: '^src/' } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' } },
};
