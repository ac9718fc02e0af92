/** One option of a list: what a door shows, files or compares. */
export type Option = {
  readonly code: string;
  readonly name: string;
  /** the name of the RESO Data Dictionary for it */
  readonly reso_name: string | null;
  /** codes of property types that it is for; empty: all */
  readonly applies_to: readonly string[];
  /** what one list has besides, in the words of the door that shows it */
  readonly more?: Readonly<Record<string, unknown>>;
};
