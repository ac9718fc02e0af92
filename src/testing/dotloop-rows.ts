/** A row of contracts/dotloop.md §4: what there has to be, whether or not the door has it. */
export type CoverageRow = {
  readonly row: string;
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly learned: string;
};

const P = '/profile/:profile_id';
const L = `${P}/loop/:loop_id`;
const F = `${L}/folder/:folder_id`;
const TASKS = `${L}/tasklist/:task_list_id/task`;
const S = '/subscription/:subscription_id';
const TEMPLATE = 'template:read or loop:write';
const TARGET = 'contact:read or loop:read';

const row = (number: string, operation: string, scope: string, learned: string): CoverageRow => {
  const [method = '', path = ''] = operation.split(' ');
  return { row: number, method, path, scope, learned };
};

export const dotloopRows: readonly CoverageRow[] = [
  row('1', 'GET /oauth/authorize', '–', '2.2 [seed 1.2.2]'),
  row('2', 'POST /oauth/token', 'client', '2.3 [seed 1.2.2, 1.2.3]'),
  row('3', 'POST /oauth/token/revoke', '–', '2.5 [seed 1.2.4]'),
  row('4', 'POST /loop-it', 'loop:write', '5.5 [seed 2]'),
  row('5', 'GET /account', 'account:read', '5.1 [seed 3.1]'),
  row('6', 'GET /profile', 'profile:read', '5.2 [seed 4.1]'),
  row('7', `GET ${P}`, 'profile:read', '5.2 [seed 4.2]'),
  row('8', 'POST /profile', 'profile:write', '5.2 [seed 4.3]'),
  row('9', `PATCH ${P}`, 'profile:write', '5.2 [seed 4.4]'),
  row('10', `GET ${P}/loop`, 'loop:read', '5.3 [seed 5.1]'),
  row('11', `GET ${L}`, 'loop:read', '5.3, 5.4 [seed 5.2]'),
  row('12', `POST ${P}/loop`, 'loop:write', '5.3 [seed 5.3]'),
  row('13', `PATCH ${L}`, 'loop:write', '5.3 [seed 5.4]'),
  row('14', `GET ${L}/detail`, 'loop:read', '5.6 [seed 6.1]'),
  row('15', `PATCH ${L}/detail`, 'loop:write', '5.6 [seed 6.2]'),
  row('16', `GET ${L}/folder`, 'loop:read', '5.7 [seed 7.1]'),
  row('17', `GET ${F}`, 'loop:read', '5.7 [seed 7.2]'),
  row('18', `POST ${L}/folder`, 'loop:write', '5.7 [seed 7.3]'),
  row('19', `PATCH ${F}`, 'loop:write', '5.7 [seed 7.4]'),
  row('20', `GET ${F}/document`, 'loop:read', '5.8 [seed 8.1]'),
  row('21', `GET ${F}/document/:document_id`, 'loop:read', '5.8 [seed 8.2, 16]'),
  row('22', `POST ${F}/document`, 'loop:write', '5.8 [seed 8.3]'),
  row('22a', `GET ${F}/document/:document_id/download`, 'loop:read', '5.8 [client, proposed]'),
  row('23', `GET ${L}/participant`, 'loop:read', '5.9 [seed 9.1]'),
  row('24', `GET ${L}/participant/:participant_id`, 'loop:read', '5.9 [seed 9.2]'),
  row('25', `POST ${L}/participant`, 'loop:write', '5.9 [seed 9.3]'),
  row('26', `PATCH ${L}/participant/:participant_id`, 'loop:write', '5.9 [seed 9.4]'),
  row('27', `DELETE ${L}/participant/:participant_id`, 'loop:write', '5.9 [seed 9.5]'),
  row('28', `GET ${L}/tasklist`, 'loop:read', '5.10 [seed 10.1]'),
  row('29', `GET ${L}/tasklist/:task_list_id`, 'loop:read', '5.10 [seed 10.2]'),
  row('30', `GET ${TASKS}`, 'loop:read', '5.10 [seed 10.3]'),
  row('31', `GET ${TASKS}/:task_list_item_id`, 'loop:read', '5.10 [seed 10.4]'),
  row('32', `GET ${L}/activity`, 'loop:read', '5.11 [seed 11.1]'),
  row('33', 'GET /contact', 'contact:read', '5.12 [seed 12.1]'),
  row('34', 'GET /contact/:contact_id', 'contact:read', '5.12 [seed 12.2]'),
  row('35', 'POST /contact', 'contact:write', '5.12 [seed 12.3]'),
  row('36', 'PATCH /contact/:contact_id', 'contact:write', '5.12 [seed 12.4]'),
  row('37', 'DELETE /contact/:contact_id', 'contact:write', '5.12 [seed 12.5]'),
  row('38', `GET ${P}/loop-template`, TEMPLATE, '5.13 [seed 13.1]'),
  row('39', `GET ${P}/loop-template/:loop_template_id`, TEMPLATE, '5.13 [seed 13.2]'),
  row('40', 'GET /subscription', 'any token', '5.14 [docs]'),
  row('41', 'POST /subscription', TARGET, '5.14 [docs]'),
  row('42', `GET ${S}`, 'any token', '5.14 [docs]'),
  row('43', `PATCH ${S}`, TARGET, '5.14 [docs]'),
  row('44', `DELETE ${S}`, 'any token', '5.14 [docs]'),
  row('45', `GET ${S}/event`, 'any token', '5.14 [docs]'),
  row('46', `GET ${S}/event/:event_id`, 'any token', '5.14 [docs]'),
];
