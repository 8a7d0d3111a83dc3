/**
 * Comparing secrets. Making them is in `random.ts`.
 */

const encoder = new TextEncoder()

/** Compares two secrets in a time that does not depend on where they differ. */
export function equalSecrets(given: string, expected: string): boolean {
  const left = encoder.encode(given)
  const right = encoder.encode(expected)
  let difference = left.length ^ right.length
  for (let i = 0; i < right.length; i++) difference |= (left[i] ?? 0) ^ right[i]!
  return difference === 0
}
