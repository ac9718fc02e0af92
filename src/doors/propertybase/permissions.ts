import type { SiteResource } from '../../domain/index.ts';

/** Rows of the matrix of permissions (contracts/propertybase.md §1.6). */
export type PermissionRow = SiteResource;
export type Right = 'r' | 'w' | 'd';
