import { computed, type Mapping } from '../../../wire/resource/mapping.ts';

type Source = { readonly id?: string | null; readonly type?: string | null };

/** `source {id, type}`: an office or a source, in a column each. */
export const sourceField: Mapping = computed<Source | null>({
  columns: ['source_id', 'source_office_id'],
  read: ({ source_id, source_office_id }) => {
    if (source_office_id) return { id: source_office_id, type: 'office' };
    return source_id ? { id: source_id, type: 'source' } : null;
  },
  write: (source) => {
    const id = source?.id ?? null;
    return source?.type === 'office' ? { source_id: null, source_office_id: id } : { source_id: id, source_office_id: null };
  },
});
