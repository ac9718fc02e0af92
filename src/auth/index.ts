export { permissionsOf } from './permissions.ts';
export { type AuthOptions, authPlugin } from './plugin.ts';
export { answerUnknown as answerUnknownAtConnect } from './reapit/transport.ts';
export { makeSessionReader, type ReadWebSession } from './web-session.ts';
