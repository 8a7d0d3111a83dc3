/**
 * Fields that several requests share. The schema of a whole request is beside its route.
 */

import * as v from 'valibot'
import { ENROLLABLE_METHODS, PHONE_NUMBER } from '../authsignal/methods.js'
import { boundedRecord } from '../lib/bounded-json.js'

export const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
export const longText = v.pipe(v.string(), v.maxLength(2048))
export const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number))

export const Id = shortText
export const ActionCode = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/))
export const PhoneNumber = v.pipe(v.string(), v.regex(PHONE_NUMBER))
/** A phone number in the record of a user, stored as the backend sent it: E.164, or only digits. */
export const RecordedPhoneNumber = v.pipe(v.string(), v.regex(/^(\+[1-9]\d{6,14}|\d{6,15})$/))
export const Email = v.pipe(v.string(), v.maxLength(254), v.email())
export const SmsChannel = v.picklist(['DEFAULT', 'WHATSAPP'])
export const VerificationMethodName = v.picklist([...ENROLLABLE_METHODS, 'DEVICE'])
export const CustomData = boundedRecord(v.union([v.string(), v.number(), v.boolean()]))

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
