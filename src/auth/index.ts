export { permissionsOf } from './permissions.ts';
export { type AuthOptions, authPlugin } from './plugin.ts';
export { makeSessionReader, type ReadWebSession, SESSION_COOKIE } from './web-session.ts';
