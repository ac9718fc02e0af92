/**
 * The customer that every application may use without being installed (contracts/reapit.md §2.6); the second brokerage of the sandbox
 * world is none. `SANDBOX_CUSTOMER` says it in SQL of an organisation `o`; change both together.
 */
export const SANDBOX_CODE = 'SBOX';
export const SANDBOX_CUSTOMER = `(o.is_sandbox and o.code = '${SANDBOX_CODE}')`;

export const isOpenSandbox = ({ code, is_sandbox }: { readonly code: string; readonly is_sandbox: boolean }): boolean =>
  is_sandbox && code === SANDBOX_CODE;
