/**
 * Codes of an authenticator app: what one accepts, and how often (RFC 6238).
 *
 * Whose app it is and what a right code does is `routes/client/totp.ts`.
 */

import { Secret, TOTP, URI } from 'otpauth/slim'

/** An app's secret, and which of its codes were used. */
export interface Totp {
  readonly generator: TOTP
  /** The time steps whose code was used, as far as it could be tried again. */
  usedSteps: readonly number[]
}

// CHOOSE: contract 3.6.
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 }
const WINDOW_STEPS = 1

/** The shortest secret that RFC 4226 allows is 16 bytes; several apps have made shorter ones nevertheless. */
const SHORTEST_SECRET_BYTES = 10
const SECRET_BYTES = 20

const MOST_DIGITS = 8

export function newTotp(issuer: string, label: string): Totp {
  const secret = new Secret({ size: SECRET_BYTES })
  return { generator: new TOTP({ ...PARAMETERS, issuer, label, secret }), usedSteps: [] }
}

/** Reads an `otpauth://totp/` address, which may choose other parameters; `undefined` when it is none. */
export function readTotp(uri: string): Totp | undefined {
  try {
    const generator = URI.parse(uri)
    const isUsable =
      generator instanceof TOTP &&
      generator.secret.bytes.length >= SHORTEST_SECRET_BYTES &&
      generator.digits >= PARAMETERS.digits &&
      generator.digits <= MOST_DIGITS
    return isUsable ? { generator, usedSteps: [] } : undefined
  } catch {
    return undefined
  }
}

/** Whether the code is one of the present steps and was not used before; it is used from now on. */
export function spendCode(totp: Totp, code: string, now: number): boolean {
  const { generator } = totp
  const delta = generator.validate({ token: code, timestamp: now, window: WINDOW_STEPS })
  if (delta === null) return false
  const present = generator.counter({ timestamp: now })
  const step = present + delta
  if (totp.usedSteps.includes(step)) return false
  // The clock can be set back, and only steps near the present can be tried again.
  const isNear = (each: number) => Math.abs(each - present) <= 2 * WINDOW_STEPS
  totp.usedSteps = [...totp.usedSteps.filter(isNear), step]
  return true
}
