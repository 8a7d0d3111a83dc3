/**
 * The calls of nOTP: a backend's or page's, and the message on the user's phone.
 */

import type { EmulatorOptions } from 'authsignal-channels/emulator'
import { decodeJwt } from 'jose'
import { type Call, createHarness, PHONE } from './harness.js'

export const PROJECT = 'P2localdemo00000000000000000'

export const PENDING = { status: 401, code: 'E066103' }
export const GONE = { status: 400, code: 'E011004' }

export function createNotpHarness(options?: EmulatorOptions) {
  const harness = createHarness(options)
  const { call } = harness

  /** A call to Descope's API, with a refresh token if there is one. */
  const descope = (path: string, { headers, ...rest }: Call = {}, refreshJwt?: string) =>
    call(`/v1/auth${path}`, {
      ...rest,
      headers: {
        Authorization: `Bearer ${PROJECT}${refreshJwt === undefined ? '' : `:${refreshJwt}`}`,
        ...headers,
      },
    })

  const start = (flow: string, body: object = {}, refreshJwt?: string) =>
    descope(`/notp/whatsapp/${flow}`, { body }, refreshJwt)

  const poll = (pendingRef: string) => descope('/notp/pending-session', { body: { pendingRef } })

  /** The message, with whatever makes it known, arrives from a number. */
  const approve = (key: { pendingRef?: string; code?: string }, phone = PHONE) =>
    call('/emulator/notp/approve', { body: { ...key, phone } })

  /** A whole login; the body of the last poll. */
  async function login(flow: string, body: object = {}, { phone = PHONE, refreshJwt = '' } = {}) {
    const { pendingRef } = (await start(flow, body, refreshJwt)).body
    await approve({ pendingRef }, phone)
    return (await poll(pendingRef)).body
  }

  return {
    ...harness,
    descope,
    start,
    poll,
    approve,
    login,
    me: (refreshJwt?: string) => descope('/me', {}, refreshJwt),
    refresh: (refreshJwt?: string) => descope('/refresh', { body: {} }, refreshJwt),
    logout: (refreshJwt?: string) => descope('/logout', { body: {} }, refreshJwt),
  }
}

/** How a call was refused. */
export const refusal = ({ status, body }: { status: number; body: { errorCode?: string } }) => ({
  status,
  code: body.errorCode,
})

/** What a token says. */
export const claims = (jwt: string) => decodeJwt<Record<string, unknown>>(jwt)

/** The text that the link writes for the user. */
export const messageOf = (redirectUrl: string) => new URL(redirectUrl).searchParams.get('text')!
