export { factsOf, type ListingFacts } from './listing-facts.ts';
export { type Properties, propertiesService } from './property.service.ts';
export type { NewProperty, Property } from './types.ts';
