/**
 * The record of an authenticator app. Its codes are `totp.ts`, which a service without such apps does not need.
 */

import * as v from 'valibot'

/** An app's secret and parameters, and its used codes. */
export interface Totp {
  /** In base32. */
  readonly secret: string
  readonly algorithm: string
  readonly digits: number
  readonly period: number
  /** The time steps whose code was used, as long as that code could still be valid. */
  usedSteps: readonly number[]
}

// Upstream does not document its parameters. These are the ones every authenticator app supports.
export const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 }

/** A secret of an authenticator app. */
export const Base32 = v.pipe(v.string(), v.regex(/^[A-Z2-7]{16,}=*$/, 'base32, at least 16 characters'))

/** An app with a secret and the usual parameters. */
export const totpOf = (secret: string): Totp => ({ ...PARAMETERS, secret, usedSteps: [] })

const wholeNumber = v.pipe(v.number(), v.safeInteger('a whole number'), v.minValue(1, 'above 0'))

/** The hash functions of the library, by the names that it gives them. */
const ALGORITHM = /^(SHA(1|224|256|384|512)|SHA3-(224|256|384|512))$/

/** An app in a snapshot. */
export const TotpState = v.strictObject({
  secret: v.pipe(v.string(), v.regex(/^[A-Z2-7]+=*$/, 'base32')),
  algorithm: v.pipe(v.string(), v.regex(ALGORITHM, 'a hash function, such as SHA1')),
  digits: wholeNumber,
  period: wholeNumber,
  usedSteps: v.pipe(v.array(v.number()), v.readonly()),
})
