import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { connectOperations } from './connect-contract.ts';
import { keyOperations } from './keys-contract.ts';
import { sparkKeyOperations } from './spark-keys-contract.ts';
import { webhookOperations } from './webhook-contract.ts';

/** One operation of the house's own API, which only its pages call. The web client is generated from this table (scripts/web-client.ts). */
export type AppOperation = {
  readonly operationId: string;
  readonly method: 'GET' | 'POST';
  /** below `/app` */
  readonly url: string;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TObject;
  readonly answer: TSchema;
  /** false: answers whoever asks; every other operation says 401 without a session */
  readonly signedIn: boolean;
  readonly learned: string;
};

const instant = Type.String({ format: 'date-time' });
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const AppError = Type.Object({
  error: Type.Object({
    message: Type.String(),
    /** where a form was wrong: every sentence, with the name of its field */
    breaches: Type.Optional(Type.Array(Type.Object({ at: Type.String(), message: Type.String() }))),
  }),
});
export type AppError = Static<typeof AppError>;

export const Session = Type.Object({
  user: nullable(
    Type.Object({
      name: Type.String(),
      email: Type.String(),
      organisation: Type.String(),
      administrator: Type.Boolean(),
      developer: Type.Boolean(),
    }),
  ),
  /** goes back in the header `x-csrf-token` of every change, and in the sign-out form */
  csrf: nullable(Type.String()),
});
export type Session = Static<typeof Session>;

const Health = Type.Object({ ok: Type.Boolean(), detail: Type.String() });

export const FrontPageFacts = Type.Object({
  version: Type.String(),
  startedAt: instant,
  health: Type.Object({ database: Health, files: Health }),
  doors: Type.Array(
    Type.Object({
      name: Type.String(),
      summary: Type.String(),
      /** base addresses under the path, the one to try first in front */
      addresses: Type.Array(Type.String()),
      /** base address at the root of the door's own host, where one is configured */
      hostAddress: nullable(Type.String()),
      /** where it can be tried and what describes it */
      links: Type.Array(Type.Object({ title: Type.String(), href: Type.String() })),
    }),
  ),
  /** null when the sandbox is off */
  sandbox: nullable(
    Type.Object({
      credentials: Type.Array(
        Type.Object({
          name: Type.String(),
          note: nullable(Type.String()),
          values: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
        }),
      ),
      firstRequest: Type.String(),
      /** pages worth a look, such as the printed loop's */
      pages: Type.Array(Type.Object({ title: Type.String(), href: Type.String() })),
    }),
  ),
});
export type FrontPageFacts = Static<typeof FrontPageFacts>;

const LoopDocument = Type.Object({
  id: Type.Integer(),
  folderId: Type.Integer(),
  name: Type.String(),
  type: Type.String(),
  size: Type.Integer(),
  updated: instant,
});

export const LoopPage = Type.Object({
  /** that of the survivor, whatever id was asked for */
  id: Type.Integer(),
  name: Type.String(),
  address: nullable(Type.String()),
  transactionType: Type.String(),
  status: Type.String(),
  created: instant,
  updated: instant,
  people: Type.Array(
    Type.Object({
      id: Type.Integer(),
      role: Type.String(),
      name: nullable(Type.String()),
      email: nullable(Type.String()),
      company: nullable(Type.String()),
      phones: Type.Array(Type.Object({ label: Type.String(), number: Type.String() })),
    }),
  ),
  folders: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), documents: Type.Array(LoopDocument) })),
  taskLists: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      tasks: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), due: nullable(instant), done: Type.Boolean() })),
    }),
  ),
  details: Type.Array(
    Type.Object({
      section: Type.String(),
      fields: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
    }),
  ),
});
export type LoopPage = Static<typeof LoopPage>;

export const LoopActivity = Type.Object({
  items: Type.Array(Type.Object({ message: Type.String(), at: instant })),
  /** the page to ask for next; null when this was the last */
  nextPage: nullable(Type.Integer()),
});
export type LoopActivity = Static<typeof LoopActivity>;

export const Applications = Type.Object({
  applications: Type.Array(
    Type.Object({
      clientId: Type.String(),
      name: Type.String(),
      /** what it may do, in plain words */
      permissions: Type.Array(Type.String()),
      since: instant,
      /** when it last got an access token; null when it never did */
      lastUsed: nullable(instant),
    }),
  ),
});
export type Applications = Static<typeof Applications>;

const OfLoop = Type.Object({ id: Type.String() });
const OfApplication = Type.Object({ clientId: Type.String() });

export const operations = {
  readSession: {
    operationId: 'readSession',
    method: 'GET',
    url: '/session',
    answer: Session,
    signedIn: false,
    learned: 'design §6, §9',
  },
  readFront: {
    operationId: 'readFront',
    method: 'GET',
    url: '/front',
    answer: FrontPageFacts,
    signedIn: false,
    learned: 'design §1',
  },
  readLoop: {
    operationId: 'readLoop',
    method: 'GET',
    url: '/loops/:id',
    params: OfLoop,
    answer: LoopPage,
    signedIn: true,
    learned: 'contracts/dotloop.md §5.3 loopUrl',
  },
  listActivity: {
    operationId: 'listActivity',
    method: 'GET',
    url: '/loops/:id/activity',
    params: OfLoop,
    query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
    answer: LoopActivity,
    signedIn: true,
    learned: 'contracts/dotloop.md §5.11',
  },
  listApplications: {
    operationId: 'listApplications',
    method: 'GET',
    url: '/applications',
    answer: Applications,
    signedIn: true,
    learned: 'contracts/dotloop.md §2.5',
  },
  revokeApplication: {
    operationId: 'revokeApplication',
    method: 'POST',
    url: '/applications/:clientId/revoke',
    params: OfApplication,
    answer: Type.Object({}),
    signedIn: true,
    learned: 'contracts/dotloop.md §2.5',
  },
  ...connectOperations,
  ...webhookOperations,
  ...keyOperations,
  ...sparkKeyOperations,
} as const satisfies Record<string, AppOperation>;
