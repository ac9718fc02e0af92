/** `office_mls_ids` → `Office mls ids`; the last `_id` of a reference is not said (contracts/propertybase.md §1.4). */
export function attributeOf(name: string): string {
  const words = name.replace(/_id$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type Deed = 'find' | 'create' | 'update' | 'delete' | 'deactivate' | 'reactivate';

const PAST: Record<Deed, string> = {
  find: 'found',
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  deactivate: 'deactivated',
  reactivate: 'reactivated',
};

/** The message follows the call, not the cause. */
export const done = (subject: string, deed: Deed) => `${subject} ${PAST[deed]}`;
export const notDone = (subject: string, deed: Deed) => `${subject} not ${PAST[deed]}`;

const VERB: Record<Deed, string> = {
  find: 'read',
  create: 'create',
  update: 'update',
  delete: 'delete',
  deactivate: 'update',
  reactivate: 'update',
};
export const noPermission = (deed: Deed, resource: string) =>
  `API Key does not have permissions to ${VERB[deed]} ${resource.replaceAll('_', ' ')}`;

export const TEXTS = {
  blank: (at: string) => `${attributeOf(at)} can't be blank`,
  invalid: (at: string) => `${attributeOf(at)} is invalid`,
  notNumber: (at: string) => `${attributeOf(at)} is not a number`,
  notListed: (at: string) => `${attributeOf(at)} is not included in the list`,
  tooLong: (at: string, most: number) => `${attributeOf(at)} is too long (maximum is ${most} characters)`,
  unique: (model: string, at: string) => `${model} ${attributeOf(at).toLowerCase()} must be unique`,
  missing: (model: string) => `${model} does not exist`,
  parameter: (name: string) => `${name} is invalid`,
} as const;
