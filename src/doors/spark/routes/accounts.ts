import type { AccountScope } from '../../../domain/index.ts';
import { Fault } from '../../../kernel/fault.ts';
import { PRIVATE, read, succeeded } from '../answers.ts';
import { isConsumer } from '../consumer.ts';
import * as contract from '../contract/account.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { SparkFault } from '../faults.ts';
import { filtered, filterFields } from '../filtering.ts';
import { ACCOUNT_FIELDS, getsEmailUpdates, toAccount, toConsumerAccount } from '../map/account.ts';
import { listQuery, readExpand, readList, readOrder, readPage, select } from '../paging.ts';
import { visibilityOf } from '../visibility.ts';

const fields = filterFields(ACCOUNT_FIELDS);
const BY_NAME = [{ field: 'name', descending: false }];
const shown = { headers: PRIVATE };

type Query = Parameters<typeof readPage>[0] & { readonly _filter?: string };
type Shape = { readonly _select?: string; readonly _expand?: string };

/** A key with own data sees its account and the office of it (contracts/spark.md §5). */
const scopeOf = (caller: SparkCaller): AccountScope => {
  const { own } = visibilityOf(caller);
  return own ? { own } : {};
};

/** @throws SparkFault 1050 for a password without the current one, or the other way round, and for nothing at all (§10.4) */
function checkChange({ GetEmailUpdates, Password, PasswordValidation }: contract.AccountChange): void {
  const missing = (name: string, why: string) => new SparkFault(1050, `${name} is required ${why}`);
  if (Password !== undefined && PasswordValidation === undefined)
    throw missing('PasswordValidation', 'beside Password: it is the current password');
  if (Password === undefined && PasswordValidation !== undefined) throw missing('Password', 'beside PasswordValidation');
  if (Password === undefined && GetEmailUpdates === undefined) throw missing('GetEmailUpdates or Password', 'in D');
}

/** Refusals of a new password in the vendor's codes (§6). */
function asPasswordFault(error: unknown): unknown {
  if (!(error instanceof Fault)) return error;
  if (error.reason === 'password.wrong') return new SparkFault(1060, 'PasswordValidation is not the current password');
  if (error.reason === 'password.used_before') return new SparkFault(1061, 'This password has been used before');
  return error.reason === 'login' ? new SparkFault(1100, 'There is no portal account to change the password of') : error;
}

/** Accounts: contracts/spark.md §10.4. */
export function accountRoutes(desk: Desk): SparkRoute[] {
  const { orgs, people, identity } = desk.domain;
  const { accounts } = orgs;

  const consumer = async ({ actor, userKey }: SparkCaller, query: Shape) => {
    const [contact, login] = await Promise.all([people.ownEntry(actor), identity.consumerLogin(actor, userKey)]);
    return select(toConsumerAccount(contact, login?.language ?? null, readExpand(query)), query);
  };
  const one = async (caller: SparkCaller, key: string, query: Shape) => {
    if (isConsumer(caller) && key === caller.userKey) return consumer(caller, query);
    return select(toAccount(desk.publicUrl, await accounts.read(caller.actor, key, scopeOf(caller)), readExpand(query)), query);
  };

  type Call = { readonly caller: SparkCaller; readonly query: Query };
  const list = async (call: Call, officeKey?: string) => {
    const { caller, query } = call;
    const asked = readPage(query, caller, 'accounts');
    const wanted = listQuery(asked, readOrder(query._orderby, ACCOUNT_FIELDS, BY_NAME));
    const page = await filtered(desk, call, fields, (filter) => {
      const whole = { ...wanted, ...filter };
      return officeKey === undefined
        ? accounts.list(caller.actor, whole, scopeOf(caller))
        : accounts.listOfOffice(caller.actor, officeKey, whole, scopeOf(caller));
    });
    const expand = readExpand(query);
    const rows = page.rows.map((account) => toAccount(desk.publicUrl, account, expand));
    return readList(asked, page, rows, { ...shown, show: (row) => select(row, query) });
  };

  // The password first: it may be refused, and then nothing is written.
  const change = async ({ actor }: SparkCaller, { GetEmailUpdates, Password, PasswordValidation }: contract.AccountChange) => {
    if (Password !== undefined && PasswordValidation !== undefined)
      await identity.changeOwnPassword(actor, PasswordValidation, Password).catch((error: unknown) => {
        throw asPasswordFault(error);
      });
    if (GetEmailUpdates !== undefined)
      await people.changeOwnEntry(actor, (contact) =>
        getsEmailUpdates(contact) === GetEmailUpdates ? {} : { pref_email: GetEmailUpdates },
      );
    return { ...succeeded(), ...shown };
  };

  /** Consumers write their own record and no other. @throws Fault not_found; SparkFault 1018 */
  const checkOwn = async (caller: SparkCaller, key: string) => {
    if (key === caller.userKey) return;
    await accounts.read(caller.actor, key, scopeOf(caller));
    throw new SparkFault(1018, `The role ${caller.role} may change its own account only`);
  };

  return [
    sparkRoute(contract.listAccounts, { handle: (call) => list(call) }),
    sparkRoute(contract.readAccount, {
      handle: async ({ caller, params, query }) => read([await one(caller, params.accountId, query)], shown),
    }),
    sparkRoute(contract.changeAccount, {
      words: { password: 'Password' },
      target: ({ caller, params }) => checkOwn(caller, params.accountId),
      check: ({ body }) => checkChange(body),
      handle: async ({ caller, params, body }) => {
        await checkOwn(caller, params.accountId);
        return change(caller, body);
      },
    }),
    sparkRoute(contract.listAccountsOfOffice, {
      handle: (call) => list(call, call.params.officeId),
    }),
    sparkRoute(contract.readMyAccount, {
      handle: async ({ caller, query }) => {
        const own = isConsumer(caller) ? consumer(caller, query) : one(caller, caller.account.resoKey, query);
        return read([await own], shown);
      },
    }),
    sparkRoute(contract.changeMyAccount, {
      words: { password: 'Password' },
      check: ({ body }) => checkChange(body),
      handle: ({ caller, body }) => change(caller, body),
    }),
  ];
}
