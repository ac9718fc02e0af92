/** Parameters of an address, each of which may have one value. */
export type Asked = {
  /** undefined when it is absent or empty */
  one(name: string): string | undefined;
  /** the first that is there with different values */
  readonly doubled: string | undefined;
};

export function readAsked(query: string, names: readonly string[]): Asked {
  const sent = new URLSearchParams(query);
  // Lone surrogates cannot be sent back as they came; nothing honest has any.
  const values = new Map(names.map((name) => [name, [...new Set(sent.getAll(name))].map((value) => value.toWellFormed())]));
  return {
    one: (name) => values.get(name)?.[0] || undefined,
    doubled: names.find((name) => (values.get(name)?.length ?? 0) > 1),
  };
}

/** The registered URI with its own query kept, and what is told added to it, in the query or behind another mark. */
export function backTo(
  redirectUri: string,
  answers: Record<string, string | undefined>,
  mark = redirectUri.includes('?') ? '&' : '?',
): string {
  const pairs = Object.entries(answers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${redirectUri}${mark}${pairs.join('&')}`;
}

/** Where `form-action` must let a form's redirects end. */
export const formTargetOf = (redirectUri: string): string => new URL(redirectUri).origin;
