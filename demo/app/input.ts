/**
 * The schemas of request bodies, and the function that reads and checks a body.
 *
 * @module
 */
import { VerificationMethod } from '@authsignal/node'
import type { Context } from 'hono'
import * as v from 'valibot'

/** A body that the route does not accept. The message names the field and what is wrong with it. */
export class InputError extends Error {}

/** Users type numbers with spaces and brackets; the API requires E.164. */
const phoneNumber = v.pipe(
  v.string(),
  v.transform(text => text.replace(/[\s().-]/g, '')),
  v.regex(/^\+[1-9]\d{6,14}$/, 'Enter the phone number with its country code, like +64 21 000 0001.'),
)

const email = v.pipe(v.string(), v.trim(), v.email('Enter an e-mail address, like jane@example.com.'))

/** The names of a channel in the page and in the server SDK. */
export const contact = v.pipe(
  v.variant('channel', [
    v.object({ channel: v.literal('sms'), address: phoneNumber }),
    v.object({ channel: v.literal('whatsapp'), address: phoneNumber }),
    v.object({ channel: v.literal('email'), address: email }),
  ]),
  v.transform(({ channel, address }) => {
    if (channel === 'email')
      return { verificationMethod: VerificationMethod.EMAIL_OTP, email: address } as const
    if (channel === 'sms')
      return { verificationMethod: VerificationMethod.SMS, phoneNumber: address } as const
    return { verificationMethod: VerificationMethod.WHATSAPP, phoneNumber: address } as const
  }),
)

/** What the backend can enrol without a proof: a link, too. */
export const verifiedContact = v.union([
  contact,
  v.pipe(
    v.object({ channel: v.literal('magic-link'), address: email }),
    v.transform(({ address }) => ({
      verificationMethod: VerificationMethod.EMAIL_MAGIC_LINK,
      email: address,
    })),
  ),
])

export const actionCode = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'Not the name of an action.'))

export const challengeId = v.pipe(v.string(), v.nonEmpty('The challenge is missing.'), v.maxLength(200))

/** A code as typed: digits, perhaps with spaces or a hyphen between them. */
export const code = v.pipe(
  v.string(),
  v.transform(text => text.replace(/[\s-]/g, '')),
  v.regex(/^\d{4,10}$/, 'Enter the digits of the code.'),
)

export async function readBody<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const body: unknown = await c.req.json().catch(() => undefined)
  const { success, output, issues } = v.safeParse(schema, body)
  if (success) return output
  throw new InputError(issues[0].message)
}
