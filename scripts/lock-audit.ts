/**
 * Holds package-lock.json against lock-policy.json; part of `npm run check`. A registry's own audit is better informed where it answers
 * (`npm audit`); this one needs nobody. A version that is taken over or has a hole gets a line in the policy when it becomes known.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Locked = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
};
export type Lock = { readonly packages: Readonly<Record<string, Locked>> };
export type Policy = {
  readonly licences: readonly string[];
  /** of packages that do not name theirs in the usual place: what their licence file says */
  readonly licencesRead: Readonly<Record<string, string>>;
  readonly 'taken over': Readonly<Record<string, readonly string[]>>;
  /** holes that a later version closed */
  readonly mended: Readonly<Record<string, readonly { readonly from?: string; readonly below: string }[]>>;
};
/** Packages whose script at installation was looked at; npm runs none of them unless it says true. */
export type AllowedScripts = Readonly<Record<string, boolean>>;

const numbersOf = (version: string) => version.split(/[-+]/)[0]?.split('.').map(Number) ?? [];

/** Compares what stands before a hyphen. */
function isBelow(version: string, limit: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(limit)];
  const at = b.findIndex((number, i) => number !== a[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

/** `(MIT OR CC0-1.0)`, `Apache-2.0 AND MIT`: an OR needs one that is allowed, an AND all. */
const isAllowed = (expression: string, allowed: readonly string[]): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.includes(one.trim())));

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What is wrong with the packages of a lock file, one line each. */
export function faultsOf({ packages }: Lock, policy: Policy, scripts: AllowedScripts): string[] {
  return Object.entries(packages).flatMap(([path, { version = '', resolved, integrity, license, hasInstallScript, link }]) => {
    if (path === '') return [];
    const name = nameOf(path);
    const says = (what: string) => [`${name}@${version}: ${what}`];
    const licence = license ?? policy.licencesRead[name];
    const holes = policy.mended[name] ?? [];
    return [
      ...(integrity ? [] : says('no integrity')),
      ...(link || /^(git|file|http:)/.test(resolved ?? '')
        ? says(`comes from ${resolved ?? 'elsewhere'}, not from the registry`)
        : []),
      ...(hasInstallScript && !Object.hasOwn(scripts, name)
        ? says('runs a script when it is installed, which nobody looked at')
        : []),
      ...(licence && isAllowed(licence, policy.licences) ? [] : says(`licence ${licence ?? 'unknown'}`)),
      ...(policy['taken over'][name]?.includes(version) ? says('was published by somebody else') : []),
      ...(holes.some(({ from = '0.0.0', below }) => !isBelow(version, from) && isBelow(version, below))
        ? says('has a hole that a later version closed')
        : []),
    ];
  });
}

if (import.meta.main) {
  const read = <T>(file: string) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as T;
  const { allowScripts = {} } = read<{ allowScripts?: AllowedScripts }>('../package.json');
  const lock = read<Lock>('../package-lock.json');
  const faults = faultsOf(lock, read<Policy>('lock-policy.json'), allowScripts);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`${Object.keys(lock.packages).length - 1} packages are within the policy.`);
}
