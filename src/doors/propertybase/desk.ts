import type { Domain, SearchReader, SiteWho } from '../../domain/index.ts';
import type { Row } from '../../kernel/record.ts';

/** What resources work with. */
export type Desk = {
  readonly domain: Domain;
  /** address of the house, for links to files and pages */
  readonly publicUrl: string;
  /** reads searches that Spark wrote */
  readonly readText: SearchReader;
};
export type Caller = SiteWho;
export type Model = Readonly<Record<string, unknown>>;
export type { Row };
