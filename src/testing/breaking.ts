type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
};
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Schema };
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly responses?: Readonly<Record<string, unknown>>;
};
/** What of an OpenAPI document clients hold on to. */
export type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
};

/** The kinds of breaking change that a dated version never sees (contracts/reapit.md §1.18, R107 to R113). */
export type Break = 'field' | 'url' | 'filter' | 'error' | 'validation' | 'type' | 'parameter';
export type Breaking = { readonly kind: Break; readonly at: string };

const formOf = ({ $ref, type, format, items }: Schema): string =>
  $ref ?? `${type ?? 'any'}${format ? ` ${format}` : ''}${items ? ` of ${formOf(items)}` : ''}`;

function schemaBreaks(before: Schema, after: Schema, at: string): Breaking[] {
  if (formOf(before) !== formOf(after)) return [{ kind: 'type', at }];
  const demanded = (after.required ?? []).filter((name) => !before.required?.includes(name));
  const words = (before.enum ?? []).filter((word) => after.enum && !after.enum.includes(word));
  const narrowed = !before.enum && after.enum !== undefined;
  return [
    ...demanded.map((name): Breaking => ({ kind: 'validation', at: `${at}.${name}` })),
    ...(words.length > 0 || narrowed ? [{ kind: 'validation', at } as const] : []),
    ...Object.entries(before.properties ?? {}).flatMap(([name, schema]): Breaking[] => {
      const now = after.properties?.[name];
      return now ? schemaBreaks(schema, now, `${at}.${name}`) : [{ kind: 'field', at: `${at}.${name}` }];
    }),
    ...(before.items && after.items ? schemaBreaks(before.items, after.items, `${at}[]`) : []),
  ];
}

const keyOf = (parameter: Parameter) => `${parameter.in} ${parameter.name}`;

function operationBreaks(before: Operation, after: Operation, at: string): Breaking[] {
  const now = new Map((after.parameters ?? []).map((parameter) => [keyOf(parameter), parameter]));
  const known = new Set((before.parameters ?? []).map(keyOf));
  const wanted = [...now.values()].filter((parameter) => parameter.required && !known.has(keyOf(parameter)));
  return [
    ...wanted.map((parameter): Breaking => ({ kind: 'parameter', at: `${at} ${keyOf(parameter)}` })),
    ...(before.parameters ?? []).flatMap((parameter): Breaking[] => {
      const place = `${at} ${keyOf(parameter)}`;
      const found = now.get(keyOf(parameter));
      if (!found) return [{ kind: 'filter', at: place }];
      if (found.required && !parameter.required) return [{ kind: 'parameter', at: place }];
      return schemaBreaks(parameter.schema ?? {}, found.schema ?? {}, place).map(({ at: where }) => ({
        kind: 'filter',
        at: where,
      }));
    }),
    ...Object.keys(before.responses ?? {})
      .filter((status) => after.responses?.[status] === undefined)
      .map((status): Breaking => ({ kind: 'error', at: `${at} ${status}` })),
  ];
}

/** What clients of the first document would miss in the second. What was added is none of it. */
export function breakingChanges(before: Description, after: Description): Breaking[] {
  const paths = Object.entries(before.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]): Breaking[] => {
      const now = after.paths[path]?.[method];
      const at = `${method.toUpperCase()} ${path}`;
      return now ? operationBreaks(operation, now, at) : [{ kind: 'url', at }];
    }),
  );
  const schemas = Object.entries(before.components?.schemas ?? {}).flatMap(([name, schema]): Breaking[] => {
    const now = after.components?.schemas?.[name];
    return now ? schemaBreaks(schema, now, name) : [{ kind: 'field', at: name }];
  });
  return [...paths, ...schemas];
}
