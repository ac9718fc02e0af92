/** Where the explorer of dotloop's door would come back to after a consent. */
export const explorerRedirect = (publicUrl: string) => `${publicUrl}/explore/dotloop/callback`;
