import { type ListName, VALUE_FIELDS, type ValueField } from '../../../domain/index.ts';
import { notFound } from '../../../kernel/fault.ts';
import { read } from '../answers.ts';
import * as contract from '../contract/metadata.ts';
import { findCustomField } from '../custom-fields.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { type FieldValue, toCustomField, toField, toFieldValues, toGroups, toSeenValues } from '../map/field.ts';
import {
  findStandardField,
  STANDARD_FIELD_NAMES,
  STANDARD_FIELDS,
  type StandardField,
  type StandardFieldName,
} from '../standard-fields.ts';

type OfMls = { readonly mlsId: number; readonly base: string };

const fieldOf = (name: StandardFieldName): StandardField => STANDARD_FIELDS[name];
const isValueField = (field: string | undefined): field is ValueField =>
  (VALUE_FIELDS as readonly (string | undefined)[]).includes(field);

/** What fields there are (E27 to E30): the tables of this door, with the lists of the brokerage and the values of its listings. */
export function metadataRoutes({ domain }: Desk): SparkRoute[] {
  const { lookups } = domain;

  const typesOf = async ({ actor }: SparkCaller) => {
    const { property_type } = await lookups.options(actor, ['property_type']);
    return property_type;
  };

  /** The lists of the fields named, in two statements: option lists, and what stands in listings that the caller may see. */
  const listsOf = async ({ actor, role }: SparkCaller, names: readonly StandardFieldName[], ofMls: OfMls | undefined) => {
    const kept = names.flatMap((name) => {
      const { list } = fieldOf(name);
      return list && list !== 'values' ? [[name, list.lookup] as const] : [];
    });
    const seen = names.flatMap((name) => {
      const { list, field } = fieldOf(name);
      return list === 'values' && isValueField(field) ? [[name, field] as const] : [];
    });
    const [options, values] = await Promise.all([
      lookups.options(actor, [...new Set<ListName>(['property_type', ...kept.map(([, list]) => list)])]),
      lookups.listingValues(
        actor,
        seen.map(([, field]) => field),
        { all: role === 'private', ...(ofMls ? { mlsId: ofMls.mlsId } : {}) },
      ),
    ]);
    const types = options.property_type.map(({ code }) => code);
    const lists = new Map<StandardFieldName, readonly FieldValue[]>([
      ...kept.map(([name, list]) => [name, toFieldValues(list, options[list], types)] as const),
      ...seen.map(([name, field]) => [name, toSeenValues(values.filter((value) => value.field === field))] as const),
    ]);
    return { types, lists };
  };

  const all = async (caller: SparkCaller, ofMls?: OfMls) => {
    const { types, lists } = await listsOf(caller, STANDARD_FIELD_NAMES, ofMls);
    const more = ofMls ? { base: ofMls.base, types } : { types };
    const record = STANDARD_FIELD_NAMES.map((name) => [name, toField(name, caller.role, { ...more, list: lists.get(name) })]);
    return read([Object.fromEntries(record)]);
  };

  const one = async (caller: SparkCaller, asked: string, ofMls?: OfMls) => {
    if (!findStandardField(asked)) throw notFound('field');
    const name = asked as StandardFieldName;
    const { types, lists } = await listsOf(caller, [name], ofMls);
    const list = lists.get(name);
    const field = toField(name, caller.role, { ...(ofMls ? { base: ofMls.base } : {}), types, list });
    return read([{ [name]: list ? { ...field, FieldList: list } : field }]);
  };

  const mls = async ({ actor }: SparkCaller, key: string): Promise<OfMls> => ({
    mlsId: await lookups.mls(actor, key),
    base: `/v1/mls/${key}/standardfields`,
  });

  return [
    sparkRoute(contract.listStandardFields, { handle: ({ caller }) => all(caller) }),
    sparkRoute(contract.readStandardField, { handle: ({ caller, params: { name } }) => one(caller, name) }),
    sparkRoute(contract.listMlsStandardFields, {
      handle: async ({ caller, params: { mlsId } }) => all(caller, await mls(caller, mlsId)),
    }),
    sparkRoute(contract.readMlsStandardField, {
      handle: async ({ caller, params: { mlsId, name } }) => one(caller, name, await mls(caller, mlsId)),
    }),
    sparkRoute(contract.listPropertyTypes, {
      handle: async ({ caller }) => read((await typesOf(caller)).map(({ name, code }) => ({ MlsName: name, MlsCode: code }))),
    }),
    sparkRoute(contract.listCustomFields, {
      handle: async ({ caller }) => read([toGroups((await typesOf(caller)).map(({ code }) => code))]),
    }),
    sparkRoute(contract.readCustomField, {
      handle: async ({ caller, params: { name } }) => {
        const field = findCustomField(name);
        if (!field) throw notFound('field');
        return read([
          {
            [name]: toCustomField(
              name,
              field,
              (await typesOf(caller)).map(({ code }) => code),
            ),
          },
        ]);
      },
    }),
  ];
}
