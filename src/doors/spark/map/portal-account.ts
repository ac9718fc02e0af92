import type { ConsumerLogin, LoginChange } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import type * as wire from '../contract/portal-account.ts';
import { contactUri } from './contact.ts';

export const portalAccountUri = (contactKey: string) => `${contactUri(contactKey)}/portal`;

/** Of accounts that never chose a language. */
const LANGUAGE = 'en';

export function toPortalAccount(login: ConsumerLogin): wire.PortalAccount {
  const seen = login.last_login_at && wholeSeconds(login.last_login_at);
  return {
    Id: login.reso_key,
    OwnerId: login.owner_key,
    LoginName: login.login_name,
    ResourceUri: portalAccountUri(login.contact_key),
    LastActive: seen,
    LastLogin: seen,
    Locale: { Language: login.language ?? LANGUAGE },
    // Consumers sign in with their own name and password; there is no identity of another provider to connect.
    Identity: { Connected: false, Email: null },
    Enabled: login.enabled,
    Settings: { Enabled: login.enabled ? 'true' : 'false' },
  };
}

const toFlag = (value: boolean | 'true' | 'false' | undefined) =>
  value === undefined ? undefined : value === true || value === 'true';

/** `Settings.Enabled` is the older place, and what clients still write; where both are sent, the newer one wins. */
export const fromPortalAccount = ({ LoginName, Password, Enabled, Settings, Locale }: wire.PortalAccountChange): LoginChange => ({
  loginName: LoginName,
  password: Password,
  enabled: toFlag(Enabled) ?? toFlag(Settings?.Enabled),
  language: Locale?.Language,
});
