/**
 * The app's own user database, as far as sign-in needs one: which account a number or address belongs to.
 *
 * @module
 */
const accounts = new Map<string, string>()

/** The account that this number or address signs in to; without one, an account is created for `newcomer`. */
export function accountFor(address: string, newcomer: string): string {
  const userId = accounts.get(address) ?? newcomer
  accounts.set(address, userId)
  return userId
}

export function forgetAccounts(): void {
  accounts.clear()
}
