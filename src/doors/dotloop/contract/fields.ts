import { type Static, type TProperties, type TSchema, Type } from 'typebox';

/** Strings have no documented limit; this is ours (contracts/dotloop.md §5). */
const LONGEST = 10_000;

/** One line of text of the caller's. */
export const text = (description?: string, maxLength = LONGEST) =>
  Type.String({ maxLength, ...(description ? { description } : {}) });
export const optional = Type.Optional;
export const id = (description?: string) =>
  Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, ...(description ? { description } : {}) });
export const flag = (description: string) => Type.Boolean({ description });
/** `2017-05-30T21:42:17Z`: UTC, whole seconds. */
export const timestamp = () => Type.String({ format: 'date-time', examples: ['2017-05-30T21:42:17Z'] });

type Cleared<P extends TProperties> = { [K in keyof P]?: Static<P[K]> | null };

/**
 * The body of a PATCH, from the members of a POST: all may be absent; those that are not `required` may be null, which clears them
 * (contracts/dotloop.md §1.2).
 */
export function changes<P extends TProperties>(members: P, required: readonly (keyof P)[], schemaId: string) {
  const properties: TProperties = {};
  for (const [name, schema] of Object.entries(members)) {
    const { type, enum: words, ...rest } = schema as TSchema & { type?: string; enum?: unknown[] };
    if (required.includes(name)) properties[name] = Type.Optional(schema);
    else if (words) properties[name] = Type.Optional(Type.Unsafe({ ...rest, enum: [...words, null] }));
    else properties[name] = Type.Optional(Type.Unsafe({ type: [type, 'null'], ...rest }));
  }
  return Type.Unsafe<Cleared<P>>(Type.Object(properties, { $id: schemaId }));
}

/** No parameters in the query, or none in the path. */
export const none = Type.Object({});

/** `{"data":{…}}` */
export const data = <T extends TSchema>(schema: T) => Type.Object({ data: schema });
/** `{"meta":{"total":N},"data":[…]}` */
export const rows = <T extends TSchema>(schema: T) =>
  Type.Object({ meta: Type.Object({ total: Type.Integer() }), data: Type.Array(schema) });

/** Path ids, by the place they have in the tree of the API. */
export const profilePath = Type.Object({ profileId: id() });
export const loopPath = Type.Object({ profileId: id(), loopId: id() });
export const folderPath = Type.Object({ profileId: id(), loopId: id(), folderId: id() });
export const documentPath = Type.Object({ profileId: id(), loopId: id(), folderId: id(), documentId: id() });

/** What each path of the tree is called in `url`. */
export const P = '/profile/:profileId';
export const L = `${P}/loop/:loopId`;
export const F = `${L}/folder/:folderId`;
