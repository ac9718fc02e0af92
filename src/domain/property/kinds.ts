/** What a property is, in two vocabularies (domain-property §8.4): words of Reapit's list → class and sub type. First that maps wins. */
const KINDS = [
  {
    words: ['house', 'bungalow', 'cottage', 'villa', 'farmhouse', 'mas', 'chalet', 'palace', 'chateau', 'countryHouse', 'estate'],
    class: 'residential',
    subType: 'Single Family Residence',
    also: [],
  },
  {
    words: ['flatApartment', 'maisonette', 'studio', 'penthouse'],
    class: 'residential',
    subType: 'Apartment',
    also: ['Condominium', 'Stock Cooperative'],
  },
  { words: ['townhouse'], class: 'residential', subType: 'Townhouse', also: [] },
  { words: ['garage'], class: 'residential', subType: 'Deeded Parking', also: [] },
  { words: ['land', 'developmentPlot', 'developmentOpportunity'], class: 'land', subType: 'Unimproved Land', also: [] },
  { words: ['farm', 'smallHolding'], class: 'farm', subType: 'Farm', also: [] },
  { words: ['office'], class: 'commercial', subType: 'Office', also: [] },
  { words: ['industrial'], class: 'commercial', subType: 'Industrial', also: [] },
  { words: ['warehouse'], class: 'commercial', subType: 'Warehouse', also: [] },
  { words: ['hotel'], class: 'commercial', subType: 'Hotel/Motel', also: [] },
  { words: ['mixedUse'], class: 'commercial', subType: 'Mixed Use', also: [] },
  { words: ['retail', 'shop'], class: 'commercial', subType: 'Retail', also: [] },
  { words: ['commercial', 'leisure', 'publicHouse'], class: 'commercial', subType: 'Business', also: [] },
] as const;

export type PropertyClass = (typeof KINDS)[number]['class'] | 'income';

/** The word for a class whose sub type is none of those above. */
const WORD_OF_CLASS: Readonly<Record<PropertyClass, string>> = {
  residential: 'house',
  income: 'house',
  land: 'land',
  commercial: 'commercial',
  farm: 'farm',
};

type What = { readonly property_class: PropertyClass; readonly property_sub_type: string | null };

const kindOfWords = (types: readonly string[]) =>
  types.map((word) => KINDS.find(({ words }) => (words as readonly string[]).includes(word))).find((kind) => kind !== undefined);
/** The row of the table that a class and sub type belong to; sub types of no row go by their class. */
const kindOf = ({ property_class, property_sub_type }: What) =>
  KINDS.find(
    (kind) => kind.class === property_class && [kind.subType, ...kind.also].some((name) => name === property_sub_type),
  ) ?? kindOfWords([WORD_OF_CLASS[property_class]]);

/** Class and sub type after the words were written: a finer name that still means the same stays (domain-property §2.3). */
export function kindAfter(types: readonly string[], standing: What): What {
  const meant = kindOfWords(types);
  if (!meant || (standing.property_sub_type !== null && kindOf(standing) === meant)) return standing;
  return { property_class: meant.class, property_sub_type: meant.subType };
}

/** The words after class or sub type were written. */
export function typesAfter(what: What, standing: readonly string[]): readonly string[] {
  const meant = kindOf(what);
  return !meant || kindOfWords(standing) === meant ? standing : [meant.words[0]];
}
