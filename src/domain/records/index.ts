import type { Codes } from '../codes.ts';
import type { Ports } from '../given.ts';
import type { AnyNoun } from './noun.ts';
import { type RecordService, recordService } from './record.service.ts';
import type { MetadataKeeper } from './writing.ts';

export { codesOf, type NamedRow, type RowCodes } from './codes-of.ts';
export * from './column.ts';
export { catalogueOf, idKey } from './columns-sql.ts';
export type { Around, EventRun } from './history.ts';
export {
  type AnyNoun,
  type CodeRule,
  type NewRow,
  type Noun,
  noun,
  type Stored,
  TIMES,
  type WriteContext,
  type Writer,
} from './noun.ts';
export type { RecordColumn, RecordService } from './record.service.ts';
export type { MetadataKeeper, RecordsIn } from './writing.ts';

/** A service for each declared noun, under its name. */
export function buildRecords<const N extends Readonly<Record<string, AnyNoun>>>(
  ports: Ports,
  codes: Codes,
  nouns: N,
  metadata?: MetadataKeeper,
): { readonly [K in keyof N]: RecordService } {
  const room = {
    codes,
    metadata,
    files: ports.files,
    mintResoKey: ports.mintResoKey,
    nouns: new Map(Object.values(nouns).map((noun) => [noun.name, noun])),
  };
  const services = Object.entries(nouns).map(([name, noun]) => [name, recordService(ports, room, noun)]);
  return Object.fromEntries(services) as { readonly [K in keyof N]: RecordService };
}
