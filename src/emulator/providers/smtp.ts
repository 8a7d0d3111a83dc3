/**
 * E-mail by SMTP. Needs Node, whose modules are loaded with the first message.
 */

import { type ProviderContext, settingsOf } from './http.js'
import type { DeliveryProblem, MessageProvider, ProviderResult } from './types.js'

export function smtpEmail({ env, timeoutMs }: ProviderContext): MessageProvider {
  const { SMTP_HOST: host, SMTP_FROM: from } = settingsOf(env, ['SMTP_HOST', 'SMTP_FROM'])
  const port = Number(env.SMTP_PORT || 587)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new TypeError('SMTP_PORT must be a whole number from 1 to 65535')
  const auth = env.SMTP_USER ? { user: env.SMTP_USER, pass: env.SMTP_PASSWORD ?? '' } : undefined
  return {
    name: 'smtp',
    async send({ to, body }) {
      const { createTransport } = await import('nodemailer')
      const transport = createTransport({
        host,
        port,
        // On this port the connection is encrypted from the start, elsewhere after STARTTLS. On this machine it need not
        // be: servers for tests have certificates of their own.
        secure: port === 465,
        requireTLS: !isLocal(host),
        ignoreTLS: isLocal(host),
        auth,
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      const { subject, text } = partsOf(body)
      // The other limits are for the pauses of the server. This one is for all of it: a server could talk for ever.
      let timer: ReturnType<typeof setTimeout> | undefined
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(reject, timeoutMs, {})
      })
      try {
        const sending = transport.sendMail({ from, to, subject, text })
        const { messageId } = await Promise.race([sending, timeout])
        return { ok: true, providerMessageId: messageId }
      } catch (error) {
        return refusal(error)
      } finally {
        clearTimeout(timer)
        transport.close()
      }
    },
  }
}

const isLocal = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

function partsOf(body: string) {
  const [, subject = '', text = body] = /^Subject: ([^\n]*)\n\n(.*)$/s.exec(body) ?? []
  return { subject, text }
}

/** Of the error only codes are kept: its message can have the address and what the server said. */
function refusal(error: unknown): ProviderResult {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string }
  const providerCode = responseCode === undefined ? undefined : String(responseCode)
  return { ok: false, problem: problemOf(code, responseCode, command), providerCode }
}

function problemOf(
  code: string | undefined,
  response: number | undefined,
  command: string | undefined,
): DeliveryProblem {
  if (code === 'EAUTH') return 'unauthorized'
  // RFC 5321: 4xx is temporary. Without a response the connection has failed.
  if (response === undefined || (response >= 400 && response < 500)) return 'temporary'
  if (command === 'RCPT TO') return 'bad_address'
  return command === 'MAIL FROM' ? 'bad_sender' : 'unknown'
}
