/**
 * JSON of the caller that the emulator stores: its limits, and its form in memory.
 */

import * as v from 'valibot'

const MOST_BYTES = 4 * 1024
const MOST_LEVELS = 32

const hasLevels = (value: unknown, most: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (most > 0 && Object.values(value).every(each => hasLevels(each, most - 1)))

/** A record of at most 4 kB as JSON, nested at most 32 levels deep. */
export const boundedRecord = <Value>(value: v.GenericSchema<Value>) =>
  v.pipe(
    v.record(v.string(), value),
    // The depth is checked first: serialising very deep JSON would overflow the stack.
    v.check(
      record =>
        hasLevels(record, MOST_LEVELS) &&
        new TextEncoder().encode(JSON.stringify(record)).byteLength <= MOST_BYTES,
    ),
  )

/** Stored as text, because many small objects take ten times the memory of their JSON. */
export const asText = <Value>(schema: v.GenericSchema<Value>) =>
  v.pipe(
    schema,
    v.transform(value => JSON.stringify(value)),
  )
