import type { JsonTest } from '../../kernel/json-search.ts';
import type { JsonObject } from './document.ts';

/** Whose documents: one application's at one customer. */
export type Owner = { readonly orgId: number; readonly clientId: string };

/** A document of an application: about a record of the house, or about a thing of its own. */
export type Metadata = {
  readonly id: number;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly document: JsonObject;
  readonly updated_at: Date;
};

export type MetadataKey = { readonly type: string; readonly id: string };

export type MetadataQuery = {
  readonly type?: string;
  readonly ids?: readonly string[];
  /** types and ids together; none of them: nothing is found */
  readonly keys?: readonly MetadataKey[];
  readonly tests?: readonly JsonTest[];
  readonly limit: number;
  readonly offset: number;
  /** only those behind this one, in the order of types and ids */
  readonly after?: MetadataKey;
};

export type MetadataSchema = {
  readonly id: number;
  readonly entity_type: string;
  readonly schema: string;
  readonly updated_at: Date;
};
