/**
 * The result of a benchmark: one row of the table.
 *
 * @module
 */
import { median, type Ratio, ratioOf } from './statistics.js'

export interface Result {
  readonly name: string
  /** With its unit. */
  readonly ours: string
  /** The comparison and its value. */
  readonly other?: { readonly name: string; readonly value: string }
  readonly ratio?: Ratio
  readonly goal?: { readonly text: string; readonly isMet: boolean; readonly ratio?: number }
  /** The single measurements, when the chart draws them. */
  readonly series?: { readonly ours: readonly number[]; readonly other: readonly number[] }
}

export interface Other {
  readonly name: string
  readonly times: readonly number[]
}

/** The name of `@authsignal/browser` in the table. */
export const ORIGINAL = 'original'

export const asOriginal = (times: readonly number[]): Other => ({ name: ORIGINAL, times })

/** @param goal The highest acceptable ratio. */
export function compare(name: string, ours: readonly number[], other: Other, goal?: number): Result {
  const ratio = ratioOf(ours, other.times)
  return {
    name,
    ours: milliseconds(ours),
    other: { name: other.name, value: milliseconds(other.times) },
    ratio,
    ...(goal && { goal: { text: `at most ${goal}`, isMet: ratio.value <= goal, ratio: goal } }),
  }
}

/** The median. */
export function milliseconds(times: readonly number[]): string {
  const value = median(times)
  const digits = value < 1 ? 2 : value < 100 ? 1 : 0
  return `${value.toFixed(digits)} ms`
}
