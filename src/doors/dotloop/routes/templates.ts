import { list, single } from '../answers.ts';
import { listTemplates, readTemplate } from '../contract/template.ts';
import { type Desk, type DotloopRoute, dotloopRoute } from '../desk.ts';
import { toTemplate } from '../map/template.ts';

export const templateRoutes = ({ domain: { deals } }: Desk): DotloopRoute[] => [
  dotloopRoute(listTemplates, {
    handle: async ({ caller, params }) => list((await deals.templates(caller, params.profileId)).map(toTemplate)),
  }),
  dotloopRoute(readTemplate, {
    handle: async ({ caller, params: { profileId, templateId } }) =>
      single(toTemplate(await deals.template(caller, profileId, templateId))),
  }),
];
