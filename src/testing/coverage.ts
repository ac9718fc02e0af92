import { doors } from '../app.ts';
import { groupNames, groupOf } from '../doors/reapit/contract/data.ts';
import type { SparkContract } from '../doors/spark/contract/operation.ts';
import type { Contract } from '../wire/contract.ts';
import { type Case, loadCases } from './cases.ts';
import { type CoverageRow, dotloopRows } from './dotloop-rows.ts';
import { propertybaseRows } from './propertybase-rows.ts';
import { sparkRows } from './spark-rows.ts';

type State = 'done' | 'partial' | 'missing';
export type Covered = CoverageRow & { readonly state: State; readonly cases: readonly string[]; readonly right: string };

/** What the document of a door asks for, and how its table says who may call. */
type Asked = {
  readonly rows: readonly CoverageRow[];
  /** the heading over what is needed to call */
  readonly needs: string;
  rightOf(contract: Contract): string;
  /** paths of the rooms of sign-in, which have no contracts: their rows go by the cases alone */
  readonly signIn: RegExp;
};
const ASKED: Readonly<Record<string, Asked>> = {
  dotloop: {
    rows: dotloopRows,
    needs: 'Scope',
    rightOf: ({ scope }) => scope.join(' or ') || 'any token',
    signIn: /^\/oauth/,
  },
  propertybase: {
    rows: propertybaseRows,
    needs: 'Permission',
    rightOf: ({ scope }) => scope.join(' or '),
    signIn: /^$/,
  },
  spark: {
    rows: sparkRows,
    needs: 'Service',
    rightOf: (contract) => (contract as SparkContract).service,
    signIn: /^(~|\/oauth2)/,
  },
};

/** The path without what differs between calls and between spellings of the same parameter. */
const shapeOf = (method: string, path: string) => `${method} ${path.replace(/:\w+/g, ':').replace(/\/$/, '')}`;

/** Does this call go to this path of the contract? A fixed part wins over a parameter, as in the router. */
function hits(path: string, called: string, known: ReadonlySet<string>): boolean {
  const plain = called
    .replace(/^\/public\/v2/, '')
    .replace(/\?.*$/s, '')
    .replace(/\/$/, '')
    .split('/');
  const parts = path.split('/');
  if (plain.length !== parts.length || !parts.every((part, at) => part.startsWith(':') || part === plain[at])) return false;
  return !path.includes(':') || !known.has(plain.join('/'));
}

/** Cases with a call of this operation that is let through: what is only refused shows nothing of it. */
const casesOf = ({ method, path }: CoverageRow, cases: readonly Case[], known: ReadonlySet<string>) =>
  cases.filter(({ steps }) =>
    steps.some(
      ({ request, answer }) => answer.status < 400 && (request.method ?? 'GET') === method && hits(path, request.path, known),
    ),
  );

/** done: the door has it and a case shows an answer of it; partial: one of the two is absent; missing: both are. */
export function coverage(door: string, contracts: readonly Contract[]): Covered[] {
  const asked = ASKED[door];
  if (!asked) return [];
  const cases = loadCases(door);
  const known = new Map(contracts.map((contract) => [shapeOf(contract.method, contract.url), contract]));
  const fixed = new Set(asked.rows.map(({ path }) => path).filter((path) => !path.includes(':')));
  return asked.rows.map((row) => {
    const shown = casesOf(row, cases, fixed)
      .map(({ name }) => name.split(' ')[0] ?? '')
      .sort();
    const contract = known.get(shapeOf(row.method, row.path));
    const there = asked.signIn.test(row.path) ? shown.length > 0 : contract !== undefined;
    const state: State = there && shown.length > 0 ? 'done' : there || shown.length > 0 ? 'partial' : 'missing';
    return { ...row, state, cases: [...new Set(shown)], right: contract ? asked.rightOf(contract) : row.scope };
  });
}

/** Does this call go to this path of the Reapit platform? Paths are compared without regard to case and final slash. */
function hitsReapit(path: string, called: string): boolean {
  const split = (text: string) => text.replace(/\?.*$/s, '').replace(/\/$/, '').toLowerCase().split('/');
  const [wanted, given] = [split(path), split(called)];
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at]);
}

/** Calls that were let through, by method and path; a path that came as Location lies below the one that was posted to. */
function callsOf({ steps }: Case): { method: string; path: string }[] {
  const made = new Map<string, string>();
  return steps.flatMap(({ request, answer, capture = {} }) => {
    const path = request.path.replace(/^\{\{(\w+)\}\}/, (all, name: string) => made.get(name) ?? all);
    for (const [name, place] of Object.entries(capture))
      if (place === 'location') made.set(name, `${path.replace(/\/?(\?.*)?$/s, '')}/${name}`);
    return answer.status < 400 ? [{ method: request.method ?? 'GET', path }] : [];
  });
}

/** Every endpoint that the contract of the Reapit door names, whether or not the door has it. */
export function reapitCoverage(contracts: readonly Contract[]): Covered[] {
  const cases = loadCases('reapit').map((one) => ({ name: one.name, calls: callsOf(one) }));
  const served = new Set(contracts.map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`));
  return groupNames().flatMap((group) =>
    groupOf(group).endpoints.map(({ method, path, source }): Covered => {
      const { read, write } = groupOf(group).scopes;
      const scope = (method === 'GET' ? read : write)?.replace('agencyCloud/', '') ?? 'any token';
      const shown = cases
        .filter(({ calls }) => calls.some((call) => call.method === method && hitsReapit(path, call.path)))
        .map(({ name }) => name.split(' ')[0] ?? '');
      const there = served.has(`${method} ${path}`);
      const state: State = there && shown.length > 0 ? 'done' : there ? 'partial' : 'missing';
      return { row: group, method, path, scope, right: scope, learned: source, state, cases: shown.sort() };
    }),
  );
}

function reapitTable(contracts: readonly Contract[]): string {
  const rows = reapitCoverage(contracts);
  const count = (state: State) => rows.filter((row) => row.state === state).length;
  const lines = rows.map(
    ({ method, path, right, learned, state, cases }) =>
      `| ${method} | \`${path}\` | ${right} | ${learned} | ${state} | ${cases.join(' ')} |`,
  );
  return `## Reapit Foundations platform API

${count('done')} done, ${count('partial')} partial, ${count('missing')} missing. Where learned: openapi, the published schema; newer, later documents; inferred,
decided in the contract.

| Method | Path | Scope | Where learned | State | Cases |
|---|---|---|---|---|---|
${lines.join('\n')}
`;
}

function table(title: string, needs: string, rows: readonly Covered[]): string {
  const count = (state: State) => rows.filter((row) => row.state === state).length;
  const lines = rows.map(
    ({ row, method, path, right, learned, state, cases }) =>
      `| ${row} | ${method} | \`${path}\` | ${right || '–'} | ${learned} | ${state} | ${cases.join(' ')} |`,
  );
  return `## ${title}

${count('done')} done, ${count('partial')} partial, ${count('missing')} missing. Where learned: section of the door's contract.

| # | Method | Path | ${needs} | Where learned | State | Cases |
|---|---|---|---|---|---|---|
${lines.join('\n')}
`;
}

/** docs/coverage.md */
export function coverageTable(): string {
  const tables = doors.map(({ name, title, contracts }) =>
    name === 'reapit' ? reapitTable(contracts) : table(title, ASKED[name]?.needs ?? '', coverage(name, contracts)),
  );
  return `# Coverage

Generated by \`npm run snap\` from the contracts of the doors, the rows that their documents ask for (\`src/testing/*-rows.ts\`)
and the conformance cases (\`src/doors/*/conformance/\`). Do not edit.

**done**: the operation is there and a case compares a whole answer of it. **partial**: it is there without such a case.
**missing**: it is not there. A path that begins with \`~\` is under the root of its door.

${tables.join('\n')}`;
}
