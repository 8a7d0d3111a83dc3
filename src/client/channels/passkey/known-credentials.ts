/**
 * Which passkeys were used in this browser, by user: only for `isAvailableOnDevice`.
 *
 * The key and the form are those of `@authsignal/browser`, so that what it has stored still counts.
 * A browser that stores nothing does no harm: the list is then empty at the next visit.
 *
 * @module
 */

const KEY = 'as_user_passkey_map'

export function knownCredentials(userId: string): string[] {
  const ids = read()[userId]
  return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : []
}

export function rememberCredential(userId = '', id: string): void {
  const ids = knownCredentials(userId)
  if (!ids.includes(id)) write({ ...read(), [userId]: [...ids, id] })
}

export function forgetCredential(id: string): void {
  const entries = Object.keys(read()).map(userId => [
    userId,
    knownCredentials(userId).filter(known => known !== id),
  ])
  if (entries.length) write(Object.fromEntries(entries))
}

function read(): Record<string, unknown> {
  try {
    return Object(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return {} // blocked, or written by another script
  }
}

function write(map: Record<string, unknown>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(map))
  } catch {
    // blocked, or full
  }
}
