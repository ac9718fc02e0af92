import type { Files } from '../kernel/files.ts';
import { type DiskOptions, diskFiles } from './disk.ts';
import { type S3Options, s3Files } from './s3.ts';

export type FilesOptions = ({ readonly kind: 'disk' } & DiskOptions) | ({ readonly kind: 's3' } & S3Options);

/** Bytes behind one port. Nothing is touched before the first call, so opening cannot fail and costs nothing at start. */
export const openFiles = (options: FilesOptions): Files => (options.kind === 'disk' ? diskFiles(options) : s3Files(options));
