import type { Desk } from '../desk.ts';
import { type Field, type More, of } from '../fields.ts';

/** A file by its address. */
export const fileField = (_desk: Desk, more: More = {}): Field => of('file', 'rw', 'file', more).file as Field;
