const FEET = 0.3048;

/** `14' 0"` */
function inFeet(metres: number): string {
  const inches = Math.round((metres / FEET) * 12);
  return `${Math.floor(inches / 12)}' ${inches % 12}"`;
}
const inMetres = (feet: number, inches: number) => `${((feet + inches / 12) * FEET).toFixed(2)}m`;

const METRES = /(\d+(?:\.\d+)?)\s*m(?:etres?|eters?|tr)?\b/gi;
const FEET_AND_INCHES = /(\d+)\s*(?:'|’|ft\.?)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|”|''|in\.?))?/gi;

/** A room's measures in the other system: metres for feet, feet for metres; null where no measure is to be read. */
export function otherDimensions(text: string | null | undefined): string | null {
  if (!text) return null;
  const metric = text.replace(METRES, (_all, metres: string) => inFeet(Number(metres)));
  if (metric !== text) return metric;
  const imperial = text.replace(FEET_AND_INCHES, (_all, feet: string, inches?: string) =>
    inMetres(Number(feet), Number(inches ?? 0)),
  );
  return imperial === text ? null : imperial;
}
