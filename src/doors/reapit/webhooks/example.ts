import { spoken } from '../../../wire/resource/rules.ts';
import type { FieldSpec, Fields } from '../../../wire/resource/spec.ts';
import { groupOf } from '../contract/data.ts';
import { sevenDigits } from '../faults.ts';
import { writeMessage } from './message.ts';
import { findTopic, INSTALL, LANDLORD_DETAILS, UNINSTALL } from './topics.ts';

type Model = Readonly<Record<string, unknown>>;

/** Nobody's: what a ping says of itself (contracts/reapit.md §3.2). */
const CUSTOMER = 'webhook-test';
const ENTITY = '9e7e4181-6210-49ea-abf5-d5ce16d23647';
const BEFORE = '2020-01-31T09:00:00Z';
const AFTER = '2020-01-31T10:00:00Z';
const TAGS = { old: '"6B3A2E0F5C5F4D6C9C1E1A1D0B6F2A11"', new: '"997FDB9A176B6E8E07927EBA27E1A8F6"' };
const HIDDEN: ReadonlySet<string> = new Set(['_links', '_embedded', 'metadata', 'extrasField']);

function exampleOf(spec: FieldSpec, name: string): unknown {
  const { type, format, enum: values, fields, items } = spec;
  if (values?.[0] !== undefined) return values[0];
  switch (type) {
    case 'string':
      if (format === 'date-time') return BEFORE;
      return format === 'date' ? BEFORE.slice(0, 10) : spoken(name);
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'array':
      return items ? [exampleOf(items, name)] : [];
    case 'object':
      return fields ? modelOf(fields) : {};
    default:
      return null;
  }
}

const modelOf = (fields: Fields): Model =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !HIDDEN.has(name))
      .map(([name, spec]) => [name, exampleOf(spec, name)]),
  );

const INSTALLATION: Model = {
  customerId: CUSTOMER,
  organisationId: ENTITY,
  customerName: 'Customer name',
  applicationName: 'Application name',
  applicationId: ENTITY,
  internalAppId: ENTITY,
  customerAddress: {
    hseName: 'House name',
    hseNo: '1',
    address1: 'Address 1',
    address2: 'Address 2',
    address3: 'Address 3',
    address4: 'Address 4',
    postcode: 'Postcode',
    country: 'GB',
  },
  customerEmail: 'customer@example.com',
};

function changeOf(topic: string, group: string | null): { old: Model | null; new: Model | null } {
  if (topic === INSTALL) return { old: null, new: INSTALLATION };
  if (topic === UNINSTALL) return { old: INSTALLATION, new: null };
  const { model, idExample } = groupOf(topic === LANDLORD_DETAILS ? 'contacts/{id}/landlordDetails' : (group ?? ''));
  const fields = model?.fields ?? {};
  const shown = { ...modelOf(fields), ...('id' in fields && idExample !== undefined ? { id: idExample } : {}) };
  const tagged = (tag: string, modified: string): Model => ({
    ...shown,
    ...('modified' in fields ? { modified } : {}),
    ...('_eTag' in fields ? { _eTag: tag } : {}),
  });
  const now = tagged(TAGS.new, AFTER);
  return topic.endsWith('.created') ? { old: null, new: now } : { old: tagged(TAGS.old, BEFORE), new: now };
}

/** The canned message of a topic, told as of now; undefined for a word that is no topic. */
export function exampleMessage(word: string, at: Date): string | undefined {
  const found = findTopic(word);
  if (!found) return undefined;
  const isInstallation = found.topic === INSTALL || found.topic === UNINSTALL;
  return writeMessage({
    eventId: crypto.randomUUID(),
    entityId: isInstallation ? null : ENTITY,
    customerId: CUSTOMER,
    eventTime: sevenDigits(at),
    topicId: found.topic,
    ...changeOf(found.topic, found.group),
  });
}
