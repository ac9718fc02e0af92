/** Where the explorer of a door would come back to after a consent. */
export const explorerRedirect = (publicUrl: string, door = 'dotloop') => `${publicUrl}/explore/${door}/callback`;
