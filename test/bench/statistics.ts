/**
 * What a list of times comes to: medians, their ratio, and how far that ratio can be trusted.
 *
 * @module
 */

export interface Ratio {
  readonly value: number
  /** 95 % of what the ratio is when rounds are drawn anew. */
  readonly low: number
  readonly high: number
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const DRAWS = 1000

/** The ratio of two medians. Entries of one index are of one round, and are drawn together (bootstrap). */
export function ratioOf(ours: readonly number[], other: readonly number[]): Ratio {
  const ratios = Array.from({ length: DRAWS }, () => {
    const drawn = ours.map(() => Math.floor(Math.random() * ours.length))
    return median(drawn.map(round => ours[round]!)) / median(drawn.map(round => other[round]!))
  }).sort((a, b) => a - b)
  return {
    value: median(ours) / median(other),
    low: ratios[Math.floor(DRAWS * 0.025)]!,
    high: ratios[Math.floor(DRAWS * 0.975)]!,
  }
}
