/**
 * Fields that several requests share. The schema of a whole request is beside its route.
 */

import * as v from 'valibot'
import { CustomData, longText, shortText } from '../authsignal/fields.js'

export * from '../authsignal/fields.js'

export const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number))

/** A body whose fields are ignored. */
export const NoFields = v.object({})

export const VerificationCode = v.object({
  verificationCode: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
})

/** What a backend reports about the user's device. A tenant's rules use it; the emulator has no rules. */
export const deviceDetails = {
  ipAddress: v.optional(longText),
  userAgent: v.optional(longText),
  deviceId: v.optional(v.pipe(v.string(), v.maxLength(256))),
  custom: v.optional(CustomData),
  locale: v.optional(shortText),
}
