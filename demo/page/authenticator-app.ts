/**
 * The authenticator app on the user's phone: the accounts it has scanned, and their codes.
 *
 * @module
 */
import { TOTP, URI } from 'otpauth'
import { now, skip } from './clock.js'
import { announceAdded } from './news.js'
import { shared } from './shared.js'

export interface Account {
  readonly userAuthenticatorId: string
  /** The content of the QR code: `otpauth://totp/…`. */
  readonly uri: string
}

/** Newest first. */
export const accounts = shared<readonly Account[]>('authenticator-app', [])

export function addAccount(account: Account): void {
  if (accounts.value.some(({ uri }) => uri === account.uri)) return
  accounts.value = [account, ...accounts.value]
}

/** Announces new accounts until the page closes, also those that another window of the demo adds. */
export function followAccounts(): void {
  announceAdded(accounts, ({ userAuthenticatorId }) => ({
    id: userAuthenticatorId,
    screen: 'codes',
    icon: 'CODES',
    text: 'The authenticator app has a new account.',
  }))
}

/** Drops the accounts of a service that has forgotten them. */
export function keepAccounts(known: readonly { readonly userAuthenticatorId: string }[]): void {
  const ids = known.map(({ userAuthenticatorId }) => userAuthenticatorId)
  accounts.value = accounts.value.filter(({ userAuthenticatorId }) => ids.includes(userAuthenticatorId))
}

export interface CurrentCode {
  readonly issuer: string
  readonly label: string
  readonly code: string
  readonly secondsLeft: number
  readonly period: number
}

/** The current code of an account, and how long it is valid. */
export function currentCode({ uri }: Account): CurrentCode {
  const totp = URI.parse(uri)
  if (!(totp instanceof TOTP)) throw new TypeError('not the address of a time-based secret')
  const { issuer, label, period } = totp
  const secondsLeft = Math.ceil(totp.remaining({ timestamp: now.value }) / 1000)
  return { issuer, label, period, secondsLeft, code: totp.generate({ timestamp: now.value }) }
}

/** With the emulator, the user can skip the time until the next code. */
export const skipToNextCode = (account: Account) => skip(currentCode(account).secondsLeft)
