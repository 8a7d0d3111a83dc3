/**
 * The form of values that requests, records and seeds share.
 */

import * as v from 'valibot'
import { boundedRecord } from '../lib/bounded-json.js'
import { ENROLLABLE_METHODS, PHONE_NUMBER } from './methods.js'

export const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
export const longText = v.pipe(v.string(), v.maxLength(2048))

export const Id = shortText
export const ActionCode = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/))
// In YAML a number without quotes would lose its plus.
const NUMBER = 'a phone number in quotes, like "+64211234567"'

export const PhoneNumber = v.pipe(v.string(NUMBER), v.regex(PHONE_NUMBER, NUMBER))
/** A phone number in the record of a user, stored as the backend sent it: E.164, or only digits. */
export const RecordedPhoneNumber = v.pipe(v.string(NUMBER), v.regex(/^(\+[1-9]\d{6,14}|\d{6,15})$/, NUMBER))
export const Email = v.pipe(v.string(), v.maxLength(254), v.email())
export const SmsChannel = v.picklist(['DEFAULT', 'WHATSAPP'])
export const VerificationMethodName = v.picklist([...ENROLLABLE_METHODS, 'DEVICE'])
export const CustomData = boundedRecord(v.union([v.string(), v.number(), v.boolean()]))

/** What a backend may say about a user. */
export const userAttributes = {
  email: v.optional(Email),
  emailVerified: v.optional(v.boolean()),
  phoneNumber: v.optional(RecordedPhoneNumber),
  phoneNumberVerified: v.optional(v.boolean()),
  username: v.optional(shortText),
  displayName: v.optional(shortText),
  custom: v.optional(CustomData),
  locale: v.optional(shortText),
  defaultVerificationMethod: v.optional(VerificationMethodName),
}
