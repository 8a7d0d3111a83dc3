/**
 * Hides tokens, keys and other secrets in what is shown of a request. Codes stay: the inbox shows them anyway.
 */

const HIDDEN = '[hidden]'

/** The fields whose value is a secret, whatever it looks like. */
const SECRET_FIELD =
  /(token|jwt|secret|secretKey|signingKey|password|apiKey)$|^(uri|deviceCode|recoveryCodes?|authorization|cookie)$/i

const SIGNED_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g

const MAGIC_LINK = /(\/magic-link\/[^/\s"]+\/)[^/?#\s"]+/g

const SECRET_PARAMETER = /([?&][\w-]*(?:token|secret)=)[^&#\s"]+/gi

/** Pictures, such as QR codes of secrets. */
const DATA_URL = /^data:[\w/+.-]+/

/** What could be a secret in text without structure. */
const LONG_WORD = /[\w+/=-]{24,}/g

/** A body: JSON, or other text. */
export function redactBody(text: string): unknown {
  try {
    return redactJson(JSON.parse(text))
  } catch {
    return redactText(text).replace(LONG_WORD, HIDDEN)
  }
}

function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(redactJson)
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      SECRET_FIELD.test(key) && isPresent(field) ? HIDDEN : redactJson(field),
    ]),
  )
}

const isPresent = (value: unknown) =>
  (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null)

/** A line of text, or a path with its query. */
export function redactText(text: string): string {
  const [picture] = DATA_URL.exec(text) ?? []
  if (picture !== undefined) return `${picture},${HIDDEN}`
  return text
    .replace(SIGNED_TOKEN, HIDDEN)
    .replace(MAGIC_LINK, `$1${HIDDEN}`)
    .replace(SECRET_PARAMETER, `$1${HIDDEN}`)
}
