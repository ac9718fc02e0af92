/** Pictures are the house's own and not the platform's: their addresses have no `/reapit`, and whoever knows one may see it. */
export const pictureUrl = (base: string, key: string, size = 'large') =>
  `${base.replace(/\/reapit$/, '')}/media/${key}/${size}.jpg`;
