/**
 * Durations as people write them.
 */

const SECONDS = { second: 1, minute: 60, hour: 60 * 60, day: 24 * 60 * 60 } as const

type Unit = keyof typeof SECONDS

/** A duration: `11 minutes`, `1 hour`, `30 seconds`, `2 days`; a number is in seconds. */
export type Duration = `${number} ${Unit | `${Unit}s`}` | number

export function secondsOf(duration: Duration): number {
  if (typeof duration === 'number' && duration >= 0) return duration
  const [, count, unit] = /^(\d+(?:\.\d+)?) (second|minute|hour|day)s?$/.exec(String(duration)) ?? []
  if (unit === undefined) throw new TypeError('"duration" must be like "11 minutes", or a number of seconds')
  return Number(count) * SECONDS[unit as Unit]
}
