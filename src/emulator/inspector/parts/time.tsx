/**
 * Times, by the emulator's clock.
 *
 * @module
 */
import { now } from '../state/clock.js'

const sameDay = (one: Date, other: Date) => one.toDateString() === other.toDateString()

/** The time of day; with the date when it is not today. */
export function Time({ at }: { readonly at: string }) {
  const date = new Date(at)
  const isToday = sameDay(date, new Date(now.value))
  return (
    <time dateTime={at} title={at}>
      {isToday ? date.toLocaleTimeString() : date.toLocaleString()}
    </time>
  )
}

/** `in 9 min`, or `expired`. */
export function Remaining({ until }: { readonly until: string }) {
  const seconds = Math.ceil((Date.parse(until) - now.value) / 1000)
  if (seconds <= 0) return <>expired</>
  return <>in {duration(seconds)}</>
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const

/** The largest units: `1 h 5 min`. */
export function duration(seconds: number, units = 2): string {
  const parts: string[] = []
  let rest = Math.round(seconds)
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  return parts.slice(0, units).join(' ') || '0 s'
}
