/**
 * The codes of an authenticator app (RFC 6238). Each code is accepted once.
 */

import { Secret, TOTP, URI } from 'otpauth/slim'
import type { Random } from '../lib/random.js'
import { PARAMETERS, type Totp } from './totp-state.js'

const WINDOW_STEPS = 1

/** RFC 4226 requires 16 bytes, but shorter secrets are in use. */
const SHORTEST_SECRET_BYTES = 10
const SECRET_BYTES = 20

const MOST_DIGITS = 8

/** A new secret, and the address that a QR code shows to the app. */
export function newTotp(
  random: Random,
  issuer: string,
  label: string,
): { readonly totp: Totp; readonly uri: string } {
  const secret = new Secret({ buffer: random.bytes(SECRET_BYTES).buffer })
  const generator = new TOTP({ ...PARAMETERS, issuer, label, secret })
  return { totp: dataOf(generator), uri: generator.toString() }
}

/** Parses an `otpauth://totp/` address, which may set other parameters; `undefined` when it is not valid. */
export function readTotp(uri: string): Totp | undefined {
  try {
    const generator = URI.parse(uri)
    const isUsable =
      generator instanceof TOTP &&
      generator.secret.bytes.length >= SHORTEST_SECRET_BYTES &&
      generator.digits >= PARAMETERS.digits &&
      generator.digits <= MOST_DIGITS
    return isUsable ? dataOf(generator) : undefined
  } catch {
    return undefined
  }
}

/** Whether the code is valid now and was not used before. From then on it counts as used. */
export function useCode(totp: Totp, code: string, now: number): boolean {
  const generator = generatorOf(totp)
  const delta = generator.validate({ token: code, timestamp: now, window: WINDOW_STEPS })
  if (delta === null) return false
  const current = generator.counter({ timestamp: now })
  const step = current + delta
  if (totp.usedSteps.includes(step)) return false
  // Steps on both sides are kept, because the clock can be set back.
  const isNear = (each: number) => Math.abs(each - current) <= 2 * WINDOW_STEPS
  totp.usedSteps = [...totp.usedSteps.filter(isNear), step]
  return true
}

/** The code that the app shows now, and when the next one follows, in milliseconds since 1970. */
export function currentCode(totp: Totp, now: number): { readonly code: string; readonly expiresAt: number } {
  const generator = generatorOf(totp)
  return {
    code: generator.generate({ timestamp: now }),
    expiresAt: now + generator.remaining({ timestamp: now }),
  }
}

const generatorOf = ({ secret, algorithm, digits, period }: Omit<Totp, 'usedSteps'>) =>
  new TOTP({ secret, algorithm, digits, period })

const dataOf = ({ secret, algorithm, digits, period }: TOTP): Totp => ({
  secret: secret.base32,
  algorithm,
  digits,
  period,
  usedSteps: [],
})
