import type { Ports } from '../given.ts';
import { makeJudge } from '../judge.ts';
import { metadataService } from './metadata.service.ts';
import { entityTypes, type Keeper } from './names.ts';
import { schemasService } from './schema.service.ts';

export type { JsonObject } from './document.ts';
export { type Keeper, readKey, writeId } from './names.ts';
export type { Metadata, MetadataKey, MetadataQuery, MetadataSchema } from './types.ts';

/** @param keepers records that documents are kept on, by the word for them; asked for when all slices are built */
export function buildMetadata(ports: Ports, keepers: () => ReadonlyMap<string, Keeper>) {
  const types = entityTypes(keepers);
  const { schemaBreaches, ...schemas } = schemasService(ports, makeJudge(), types);
  return { ...metadataService(ports, types, { schemaBreaches }), ...schemas };
}
export type MetadataRoom = ReturnType<typeof buildMetadata>;
