import type { Domain, SearchReader, SiteWho } from '../../domain/index.ts';
import type { FetchFile } from '../../kernel/fetch-file.ts';
import type { Row } from '../../kernel/record.ts';

/** What resources work with. */
export type Desk = {
  readonly domain: Domain;
  /** address of the house, for links to files and pages */
  readonly publicUrl: string;
  /** reads searches that Spark wrote */
  readonly readText: SearchReader;
  readonly fetchFile: FetchFile;
};
export type Caller = SiteWho;
/** Bytes of a body, and of a file that one names, unless the site says otherwise (contracts/propertybase.md §1.5). */
export const bodyLimitOf = ({ rules }: Caller): number => rules.bodyLimit ?? 20 * 1024 * 1024;

export type Model = Readonly<Record<string, unknown>>;
export type { Row };
