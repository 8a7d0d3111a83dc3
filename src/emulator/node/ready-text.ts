/**
 * What the command prints: the settings when it is ready, and one line per request.
 */

import type { RecordedRequest } from '../lib/request-log.js'
import { type EmulatorConfig, version } from '../options.js'
import { entryOf } from './control-access.js'

/** Paints text in a terminal; elsewhere it stays as it is. */
export interface Paint {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
}

const style = (isColoured: boolean, on: number, off: number) => (text: string) =>
  isColoured ? `\u001B[${on}m${text}\u001B[${off}m` : text

export const paint = (isColoured: boolean): Paint => ({
  strong: style(isColoured, 1, 22),
  faint: style(isColoured, 2, 22),
  good: style(isColoured, 32, 39),
  bad: style(isColoured, 31, 39),
})

const FIRST_REQUEST = '{"verificationMethod":"SMS","action":"signIn","phoneNumber":"+64210000001"}'

/** The addresses and keys, and what to try first. */
export function readyText(
  url: string,
  config: EmulatorConfig,
  { strong, faint, good }: Paint,
  controlToken?: string | undefined,
): string {
  const { tenantId, apiSecretKey, projectId } = config
  const key = /^[\w.-]+$/.test(apiSecretKey) ? apiSecretKey : `'${apiSecretKey.replaceAll("'", `'\\''`)}'`
  const row = (name: string, value: string, use: string) =>
    `  ${name.padEnd(11)} ${strong(value)}${use && `${' '.repeat(Math.max(2, 30 - value.length))}${faint(use)}`}`
  return `
  ${good('●')} ${strong('The emulator is ready')} ${faint(version)}

${row('Inspector', controlToken === undefined ? `${url}/` : entryOf(url, controlToken), 'codes, users, requests, clock')}
${row('API', `${url}/v1`, '"baseUrl" of the page, "apiUrl" of the backend')}
${row('nOTP', url, '"baseUrl" of Descope’s SDKs')}

${row('Tenant ID', tenantId, 'for the page')}
${row('Secret key', apiSecretKey, 'for the backend')}
${row('Project ID', projectId, 'for nOTP')}${controlToken === undefined ? '' : `\n${row('Control', controlToken, 'bearer token of the control routes')}`}

  Try first   Send a code, then find it in the inspector:

  curl -u ${key}: ${url}/v1/challenge -d '${FIRST_REQUEST}'

  ${faint('Ctrl+C stops it.')}
`
}

/** `12:30:05 POST /v1/client/verify/sms 200 CODE_INVALID_OR_EXPIRED 3 ms` */
export function logLine(request: RecordedRequest, { faint, good, bad }: Paint): string {
  const { createdAt, method, path, status, errorCode, durationMs } = request
  const isRefused = errorCode !== undefined || status >= 400
  const parts = [
    faint(createdAt.slice(11, 19)),
    method,
    path,
    (isRefused ? bad : good)(String(status)),
    ...(errorCode === undefined ? [] : [bad(errorCode)]),
    faint(`${Math.round(durationMs)} ms`),
  ]
  return `${parts.join(' ')}\n`
}
