import type { Desk, DotloopRoute } from '../desk.ts';
import { accountRoutes } from './account.ts';
import { contactRoutes } from './contacts.ts';
import { detailRoutes } from './details.ts';
import { documentRoutes } from './documents.ts';
import { folderRoutes } from './folders.ts';
import { loopRoutes } from './loops.ts';
import { participantRoutes } from './participants.ts';
import { profileRoutes } from './profiles.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { taskRoutes } from './tasks.ts';
import { templateRoutes } from './templates.ts';

/** Every route with a JSON body or none. A new file of routes gets its line here. */
export const jsonRoutes = (desk: Desk): DotloopRoute[] =>
  [
    accountRoutes,
    profileRoutes,
    loopRoutes,
    detailRoutes,
    folderRoutes,
    documentRoutes,
    participantRoutes,
    taskRoutes,
    contactRoutes,
    templateRoutes,
    ({ domain }: Desk) => subscriptionRoutes(domain),
  ].flatMap((routes) => routes(desk));
