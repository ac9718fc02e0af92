import { DEAL_SORTS, type DealSort } from '../../domain/index.ts';
import { invalid } from '../../kernel/fault.ts';

const wrong = (message: string) => invalid({ in: 'query', at: 'sort', reason: 'value', message });

/**
 * `<category>[:asc|desc]`, in any case (contracts/dotloop.md §1.6).
 * @throws Fault invalid for an unknown category or direction
 */
export function readSort(text: string | undefined): { sort: DealSort; descending: boolean } {
  if (!text) return { sort: 'default', descending: false };
  const [category = '', direction = 'asc', ...more] = text.toLowerCase().split(':');
  const sort = DEAL_SORTS.find((known) => known === category);
  if (!sort) throw wrong(`sort category '${category}' is unknown; use one of ${DEAL_SORTS.join(', ')}`);
  if (more.length > 0 || (direction !== 'asc' && direction !== 'desc')) throw wrong('sort direction must be asc or desc');
  return { sort, descending: direction === 'desc' };
}
