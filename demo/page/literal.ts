/**
 * Values as JavaScript would write them, on one line or on many.
 *
 * @module
 */

export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = withoutRepeats(value).map(([key, field]) => `${key}: ${inline(field)}`)
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  return typeof value === 'string' ? `'${value}'` : String(value)
}

export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? 'undefined'
}

/** An SDK response has its fields twice, at the top level and in `data`. One line shows them once. */
function withoutRepeats(value: object): [string, unknown][] {
  const entries = Object.entries(value)
  const { data } = value as { data?: unknown }
  const repeats = typeof data === 'object' && data !== null && Object.keys(data).every(key => key in value)
  return repeats ? entries.filter(([key]) => key !== 'data') : entries
}
