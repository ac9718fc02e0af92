import type { Actor } from '../../access/actor.ts';
import type { Condition } from '../../kernel/condition.ts';
import type { Row, Write } from '../../kernel/record.ts';
import type { Source } from '../../wire/resource/source.ts';
import type { Caller, Desk, Model } from './desk.ts';
import type { Fields } from './fields.ts';
import type { TakeFile } from './files.ts';
import type { PermissionRow } from './permissions.ts';

/** Where rows are found: at the top, or below a row whose column names it. */
export type Place = {
  readonly path: string;
  readonly parent?: {
    /** the resource that the row above belongs to */
    readonly of: string;
    /** the column of this resource that names it, and the member of bodies that does */
    readonly column: string;
    readonly field: string;
  };
};

/** Reads the values of a parameter into a condition. @throws SiteFault 400 */
export type Filter = (values: readonly string[], name: string) => Condition | undefined;

/** What is known when a body has been read. */
export type Written = {
  readonly caller: Caller;
  /** values by field, in the types of the fields */
  readonly sent: Model;
  readonly body: Model;
  /** null when the row is being made */
  readonly row: Row | null;
  readonly query: URLSearchParams;
  /** takes in files that no field of its own holds */
  readonly take: TakeFile;
};

export type Form = { readonly show: boolean; readonly includes: ReadonlySet<string> };

/** Methods: list, get, create, update, delete, activate and deactivate. */
export type Methods = string;

export type Resource = {
  readonly name: string;
  /** its row in the matrix of permissions */
  readonly permission: PermissionRow;
  /** `Saved search`, `Saved searches` */
  readonly model: string;
  readonly models: string;
  /** its name in the description, where sentences call two resources alike */
  readonly schema?: string;
  /** what a body may be wrapped in */
  readonly key: string;
  readonly methods: Methods;
  readonly places: readonly Place[];
  readonly source: Source<Actor>;
  /** writes rows where that is another noun's business than reading them */
  readonly writes?: Source<Actor>;
  /** rows of the source that are the resource's */
  readonly scope?: Condition;
  readonly fields: Fields;
  readonly filters?: Readonly<Record<string, Filter>>;
  /** word → field of the catalogue */
  readonly orders?: Readonly<Record<string, string>>;
  /** whether rows are active or not, and lists say which */
  readonly activates?: boolean;
  /** the row that a POST changes in place of making one (G01) */
  instead?(desk: Desk, caller: Caller, body: Model, query: URLSearchParams): Promise<Row | undefined>;
  /** what parameters of no fixed name ask, and where the rows come from in place of the source's that meet `scope` */
  asked?(query: URLSearchParams): { readonly rows?: Source<Actor>['list']; readonly where?: Condition };
  /** texts of what is wrong with a write, besides what fields say of themselves */
  check?(desk: Desk, written: Written): Promise<readonly string[]> | readonly string[];
  /** columns that follow from the body and the caller */
  complete?(desk: Desk, written: Written): Promise<Write['values']> | Write['values'];
  /** the row that is there already and is answered in place of a new one (G22) */
  met?(desk: Desk, written: Written, values: Write['values']): Promise<Row | undefined>;
  /** what fields read besides the row: by its id */
  extend?(desk: Desk, caller: Caller, rows: readonly Row[], form: Form): Promise<ReadonlyMap<number, Model>>;
  /** values of headers with the answer of a write */
  remarks?(desk: Desk, written: Written): Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
  /** headers of a refusal */
  refusal?(desk: Desk, written: Written, texts: readonly string[]): Promise<Readonly<Record<string, string>>>;
};

export const at = (path: string): Place => ({ path });
export const under = (parent: string, path: string, column: string, field: string): Place => ({
  path,
  parent: { of: parent, column, field },
});
/** `/showings` and `/leads/:lead_id/showings`, as every resource of a lead answers (contracts/propertybase.md §1.12). */
export const ofLead = (...collections: readonly string[]): Place[] => [
  ...collections.map((one) => at(`/${one}`)),
  ...collections.map((one) => under('leads', `/leads/:lead_id/${one}`, 'contact_id', 'lead_id')),
];

/** Whose ids fields name: the noun, and the kind of its rows. */
export const MODELS: Readonly<Record<string, { readonly noun: string; readonly kind?: string }>> = {
  Agent: { noun: 'member', kind: 'agent' },
  Employee: { noun: 'member', kind: 'employee' },
  Office: { noun: 'office' },
  Team: { noun: 'team' },
  Lead: { noun: 'contact' },
  Property: { noun: 'property' },
  Development: { noun: 'development' },
  'Development category': { noun: 'development_category' },
  'Dynamic form': { noun: 'dynamic_form' },
  'Market report': { noun: 'market_report' },
  Message: { noun: 'message' },
};
