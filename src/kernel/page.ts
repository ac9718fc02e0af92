/** The n-th page (from 1) of so many rows. */
export type Page = { readonly number: number; readonly size: number };

/** A page of rows with the exact number of rows in the whole list. */
export type Listed<T> = { readonly rows: readonly T[]; readonly total: number };
