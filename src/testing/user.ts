/**
 * A user of a test: what is on the user's phone and in the mailbox.
 */

import { type Control, eventually } from './control.js'
import type { ChromiumPage } from './device.js'

/** What a user has. */
export interface UserOptions {
  /** Codes by SMS to this number. */
  readonly sms?: string | undefined
  /** Codes by WhatsApp to this number. */
  readonly whatsapp?: string | undefined
  /** Codes by e-mail to this address. */
  readonly email?: string | undefined
  /** Links by e-mail to this address. */
  readonly magicLink?: string | undefined
  /** An authenticator app. */
  readonly totp?: boolean | undefined
  /** The app on a phone, which gets push requests. */
  readonly push?: boolean | undefined
  /**
   * A passkey, on a virtual device of this page of Chromium. With the fixtures for Playwright, `true` is the test's page.
   */
  readonly passkey?: ChromiumPage | boolean | undefined
}

/** Codes that are sent to the user. */
export interface Inbox {
  /**
   * The next code, each once, oldest first. Waits for it, at most 20 seconds.
   *
   * @throws {Error} When none arrives in time.
   */
  code(): Promise<string>
  /** How many messages have been sent to the user so far, the ones that were read included. */
  received(): Promise<number>
}

/** A page that can be photographed, such as that of Playwright. */
export interface Photographed {
  /** The page as a PNG. */
  screenshot(): Promise<Uint8Array>
}

/**
 * A user of a test: reads the codes and links that the app has sent, and responds to requests on the phone.
 *
 * @example
 * const jane = await authsignal.user('jane', { sms: '+64210000001', push: true })
 * await page.getByLabel('Code').fill(await jane.sms.code())
 * await jane.push.approve()
 */
export interface TestUser {
  /** The ID that the test has given the user. */
  readonly userId: string
  /** Codes by SMS. */
  readonly sms: Inbox
  /** Codes by WhatsApp. */
  readonly whatsapp: Inbox
  /** Codes and links by e-mail. */
  readonly email: Inbox & {
    /** The next link, each once, oldest first. Waits for it, as `code()` does. */
    link(): Promise<string>
  }
  /** The authenticator app. */
  readonly totp: {
    /** The code that the authenticator app shows now, also of one that the user added in the test. */
    code(): Promise<string>
  }
  /** The app on the phone that gets push requests. */
  readonly push: {
    /** Approves the request on the phone. Waits for it. */
    approve(): Promise<void>
    /** Rejects the request on the phone. Waits for it. */
    reject(): Promise<void>
  }
  /**
   * Scans the QR code on the page with the user's phone, and approves it. Waits for the code.
   *
   * @param page The page that shows the QR code: it takes a screenshot.
   * @param options.approve Whether the user approves; otherwise the user rejects. Default `true`.
   * @throws {Error} When the page shows no QR code of a challenge in time.
   */
  scanQr(page: Photographed, options?: { readonly approve?: boolean }): Promise<void>
}

type Channel = 'SMS' | 'WHATSAPP' | 'EMAIL'

interface Message {
  readonly id: string
  readonly channel: Channel
  readonly to: string
  readonly userId?: string
  readonly code?: string
  readonly url?: string
}

/** The user as the emulator has it. */
export function bodyOf(userId: string, { sms, whatsapp, email, magicLink, totp, push }: UserOptions) {
  const authenticators = [
    sms && { verificationMethod: 'SMS', phoneNumber: sms },
    whatsapp && { verificationMethod: 'WHATSAPP', phoneNumber: whatsapp },
    email && { verificationMethod: 'EMAIL_OTP', email },
    magicLink && { verificationMethod: 'EMAIL_MAGIC_LINK', email: magicLink },
    totp && { verificationMethod: 'AUTHENTICATOR_APP', secret: appSecret() },
    push && { verificationMethod: 'PUSH', deviceName: `${userId}'s phone` },
  ].filter(Boolean)
  return { userId, authenticators }
}

/** A secret of an authenticator app, in base32. */
const appSecret = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(32)),
    byte => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32],
  ).join('')

interface Surroundings {
  readonly control: Control
  /** How long to wait for what is to arrive. */
  readonly patienceSeconds: number
  /** The IDs of all users of the test. */
  readonly userIds: ReadonlySet<string>
}

export function createUser(
  userId: string,
  options: UserOptions,
  { control, patienceSeconds, userIds }: Surroundings,
): TestUser {
  /** The addresses of the user by kind of inbox. */
  const addresses: Record<Channel, readonly (string | undefined)[]> = {
    SMS: [options.sms],
    WHATSAPP: [options.whatsapp],
    EMAIL: [options.email, options.magicLink],
  }
  const seen = new Set<string>()

  /** The messages to the user, the newest first: by address too, because an app may make up its users itself. */
  async function sentBy(channel: Channel) {
    const { messages } = await control.get<{ messages: readonly Message[] }>(
      `/emulator/messages?channel=${channel}`,
    )
    return messages.filter(each =>
      userIds.has(each.userId ?? '') ? each.userId === userId : addresses[channel].includes(each.to),
    )
  }

  /** The code or link of the oldest message that was not returned yet. */
  function next(channel: Channel, field: 'code' | 'url'): Promise<string> {
    return eventually(
      patienceSeconds,
      async () => {
        const messages = await sentBy(channel)
        const found = messages.findLast(each => !seen.has(each.id) && each[field] !== undefined)
        if (found !== undefined) seen.add(found.id)
        return found?.[field]
      },
      `No ${field === 'code' ? 'code' : 'link'} was sent to ${userId} by ${NAMES[channel]}`,
    )
  }

  const inbox = (channel: Channel): Inbox => ({
    code: () => next(channel, 'code'),
    received: async () => (await sentBy(channel)).length,
  })

  async function respond(approved: boolean) {
    const { challengeId } = await eventually(
      patienceSeconds,
      async () => {
        const query = new URLSearchParams({ userId })
        const { challenges } = await control.get<Challenges>(`/emulator/push/pending?${query}`)
        return challenges.at(-1)
      },
      `No push request for ${userId} came`,
    )
    await control.post('/emulator/push/respond', { challengeId, approved })
  }

  return {
    userId,
    sms: inbox('SMS'),
    whatsapp: inbox('WHATSAPP'),
    email: { ...inbox('EMAIL'), link: () => next('EMAIL', 'url') },
    totp: {
      async code() {
        const query = new URLSearchParams({ userId })
        const { users } = await control.get<Users>(`/emulator/users?${query}`)
        const app = users[0]?.authenticators.findLast(each => each.code !== undefined)
        if (app?.code === undefined) throw new Error(`${userId} has no authenticator app`)
        return app.code
      },
    },
    push: { approve: () => respond(true), reject: () => respond(false) },
    async scanQr(page, { approve = true } = {}) {
      // Loaded only here: it is large, and most tests scan nothing.
      const { readQrCode } = await import('./qr-code.js')
      const challengeId = await eventually(
        patienceSeconds,
        async () => {
          const text = readQrCode(await page.screenshot())
          if (text === undefined) return undefined
          const { challenges } = await control.get<Challenges>('/emulator/qr/pending')
          return challenges.find(each => text.includes(each.challengeId))?.challengeId
        },
        'No QR code of a challenge was on the page',
      )
      await control.post('/emulator/qr/claim', { challengeId, userId })
      await control.post('/emulator/qr/respond', { challengeId, approved: approve })
    },
  }
}

const NAMES: Record<Channel, string> = { SMS: 'SMS', WHATSAPP: 'WhatsApp', EMAIL: 'e-mail' }

interface Challenges {
  readonly challenges: readonly { readonly challengeId: string }[]
}

interface Users {
  readonly users: readonly { readonly authenticators: readonly { readonly code?: string }[] }[]
}
