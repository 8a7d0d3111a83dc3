/**
 * Statistics of lists of times: medians, their ratio, and its confidence interval.
 *
 * @module
 */

export interface Ratio {
  readonly value: number
  /** The 95 % interval of the ratio over resampled rounds. */
  readonly low: number
  readonly high: number
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const DRAWS = 1000

/** The ratio of two medians. Entries with one index are of one round, and are resampled together (bootstrap). */
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
