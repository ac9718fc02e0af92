/** Parts of town, as the firm draws them. */
export const AREAS = [
  { id: 1, code: 'BRM', name: 'Bishop Row and Millville', type: 'postcodes', area: ['45056', '45013'], offices: ['OXF'] },
  { id: 2, code: 'HAM', name: 'Hamilton', type: 'postcodes', area: ['45011', '45014', '45015'], offices: ['OXF'] },
  { id: 3, code: 'SOE', name: 'Solon and east', type: 'postcodes', area: ['44139', '44022', '44023'], offices: ['SOL'] },
  { id: 4, code: 'BAY', name: 'San Francisco, Mission Bay', type: 'postcodes', area: ['94105', '94107'], offices: ['OXF'] },
  {
    id: 5,
    code: 'LAK',
    name: 'Round the lake',
    type: 'polygon',
    area: ['41.38,-81.44', '41.41,-81.39', '41.35,-81.37'],
    offices: ['SOL'],
  },
  { id: 6, code: 'BUT', name: 'Butler County', type: 'group', area: ['BRM', 'HAM'], offices: ['OXF'] },
] as const;

/** The first of them that names the postcode. */
export const areaOf = (postalCode: string | null | undefined): number | null =>
  AREAS.find(({ type, area }) => type === 'postcodes' && (area as readonly string[]).includes(postalCode ?? ''))?.id ?? null;
