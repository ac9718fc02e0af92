import { readTimestamp } from '../../../kernel/dates.ts';
import type { Breach } from '../../../kernel/fault.ts';
import { column, members } from '../../../wire/resource/mapping.ts';
import { isEmpty, isObject } from '../../../wire/resource/spec.ts';
import { declare, type Model } from '../desk.ts';
import { jsonIn } from '../map/json-member.ts';

const REQUIRED = ['created', 'callerId', 'destinationId'];
const TEXTS = ['id', 'callerId', 'destinationId', 'huntGroup', 'answeredById'];
/** Calls that somebody answered. */
const ANSWERED: ReadonlySet<unknown> = new Set(['answeredCall', 'endedCall']);

const breach = (name: string, message: string, reason: Breach['reason'] = 'value'): Breach => ({
  in: 'body',
  at: `payload.${name}`,
  reason,
  message,
});

/** What a call tells, by how it went (contracts/reapit.md §4.3). Its time may lack the zone designator here, and is UTC then. */
function payloadBreaches({ payload, subType }: Model): Breach[] {
  const told = isObject(payload) ? payload : {};
  const { created, answeredById } = told;
  const time =
    typeof created === 'string' ? readTimestamp(/Z|[+-]\d\d:?\d\d$/i.test(created) ? created : `${created}Z`) : undefined;
  return [
    ...REQUIRED.filter((name) => isEmpty(told[name])).map((name) => breach(name, `Payload ${name} must be provided`, 'required')),
    ...(isEmpty(created) || time
      ? []
      : [breach('created', 'The value provided for payload.created must be an ISO 8601 date-time', 'date')]),
    ...TEXTS.filter((name) => !isEmpty(told[name]) && typeof told[name] !== 'string').map((name) =>
      breach(name, `The value provided for payload.${name} must be a string`),
    ),
    ...(!isEmpty(answeredById) && !isEmpty(subType) && !ANSWERED.has(subType)
      ? [breach('answeredById', 'Payload answeredById may be provided for answered and ended calls only')]
      : []),
  ];
}

export const notifications = declare('notifications', ({ domain }) => ({
  source: domain.records.notification,
  fields: { targets: members({ negotiatorId: column('member_ids') }), payload: jsonIn('payload') },
  check: payloadBreaches,
}));
