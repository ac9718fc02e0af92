/** Advisory locks of the house; the numbers are ours and mean nothing. */

/** One at a time changes the schema, over all processes on this database. */
export const SCHEMA_LOCK = 7_064_842;
/** Backups hold it together while they read; whoever takes bytes away tries to get it alone. */
export const BACKUP_LOCK = 7_064_843;
