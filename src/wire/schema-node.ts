import type { TSchema } from 'typebox';

/** The few keywords of JSON Schema that reading a request by its schema looks at. */
export type SchemaNode = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly maxLength?: number;
  readonly default?: unknown;
};

export const nodeOf = (schema: TSchema) => schema as unknown as SchemaNode;

export const hasType = (node: SchemaNode, type: string) =>
  node.type === type || (Array.isArray(node.type) && node.type.includes(type));

/** An enumeration without a null in it takes strings too. */
export const mayBeNull = (node: SchemaNode) => hasType(node, 'null') || (node.enum?.includes(null) ?? false);

/** One step of a path in a breach: a JSON pointer's spelling, since names of members may hold a slash. */
export const step = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
export const at = (path: string, name: string | number) => (path === '' ? '' : `${path}/`) + step(String(name));
/** The last step of a path, as people read it. */
export const lastName = (path: string) =>
  // the place in a list says little without the list
  path
    .slice(/^\d+$/.test(path.slice(path.lastIndexOf('/') + 1)) ? 0 : path.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
