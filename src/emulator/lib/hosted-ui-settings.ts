/**
 * The settings of the hosted page: what a tenant sets in the portal of the real service.
 */

import * as v from 'valibot'
import { problemOf } from './problem.js'

/** How the hosted page looks, and what it says. */
export interface HostedUiSettings {
  /** Who requests the challenge: shown at the top. */
  readonly brand?:
    | {
        readonly name: string
        /** Shown in place of the name: a `data:image/…` address, because the page loads nothing from other servers. */
        readonly logo?: string | undefined
      }
    | undefined
  /** The colour that all others follow from, like `#3b4fd8`. */
  readonly accent?: string | undefined
  /** Default `auto`: as the browser. */
  readonly theme?: 'auto' | 'light' | 'dark' | undefined
  /** The language, like `es`, unless the address of the page names one. Default: that of the browser. */
  readonly lang?: string | undefined
  /** The methods to offer, in this order. Default: all that the user may use, the one used last first. */
  readonly methods?: readonly HostedUiMethod[] | undefined
  /** What is being confirmed, by action: `{ 'withdraw-funds': 'Withdraw money' }`. */
  readonly actions?: Readonly<Record<string, string>> | undefined
}

/** The methods of the hosted page, by the names of their channels. */
export const HOSTED_UI_METHODS = [
  'sms',
  'whatsapp',
  'email',
  'emailML',
  'totp',
  'passkey',
  'securityKey',
  'push',
  'qrCode',
] as const

/** A method of the hosted page, by the name of its channel. */
export type HostedUiMethod = (typeof HOSTED_UI_METHODS)[number]

const Label = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
const ActionCode = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9_-]{1,64}$/))
const Logo = v.pipe(
  v.string(),
  v.maxLength(100_000),
  v.regex(/^data:image\/(avif|gif|jpeg|png|svg\+xml|webp)[;,]/, 'a data:image address'),
)

/** What the settings must be. */
export const HostedUiSchema = v.strictObject({
  brand: v.optional(v.strictObject({ name: Label, logo: v.optional(Logo) })),
  accent: v.optional(v.pipe(v.string(), v.regex(/^#[\da-f]{6}$/i, 'a colour like #3b4fd8'))),
  theme: v.optional(v.picklist(['auto', 'light', 'dark'])),
  lang: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i, 'a language like es or pt-BR')),
  ),
  methods: v.optional(v.pipe(v.array(v.picklist(HOSTED_UI_METHODS)), v.minLength(1))),
  actions: v.optional(v.record(ActionCode, Label)),
})

/** Checks the settings; throws a `TypeError`. */
export function readHostedUi(settings: unknown): HostedUiSettings {
  if (settings === undefined) return {}
  const result = v.safeParse(HostedUiSchema, Array.isArray(settings) ? undefined : settings, {
    abortEarly: true,
  })
  if (result.success) return result.output
  throw new TypeError(`"hostedUi" is not valid: ${problemOf(result.issues[0], 'The setting')}`)
}
