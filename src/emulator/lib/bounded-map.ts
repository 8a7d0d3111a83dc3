/**
 * Records in memory, with an upper bound.
 */

import type { Stateful } from './state.js'

/** The interface of every part that has records. */
export interface Records<State extends object = object> extends Stateful<State> {
  /** The number of records. */
  readonly size: number
  /** Deletes the records of a user who was deleted. */
  forgetUser?(userId: string): void
  /** Deletes the records that have expired. */
  sweep?(): void
  /** Deletes all records. */
  clear(): void
}

/** A `Map` that deletes its oldest entry when it is full. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #capacity: number
  /** Kept between calls: a new iterator would pass all deleted entries again. */
  #oldest = this.keys()

  constructor(capacity: number) {
    super()
    this.#capacity = capacity
  }

  override set(key: Key, value: Value): this {
    if (!this.has(key) && this.size >= this.#capacity) this.#deleteOldest()
    return super.set(key, value)
  }

  /** Replaces all entries. */
  replace(entries: Iterable<readonly [Key, Value]>): void {
    this.clear()
    for (const [key, value] of entries) this.set(key, value)
  }

  deleteWhere(isUnwanted: (value: Value) => boolean): void {
    for (const [key, value] of this) if (isUnwanted(value)) this.delete(key)
  }

  #deleteOldest() {
    let oldest = this.#oldest.next()
    if (oldest.done) {
      this.#oldest = this.keys()
      oldest = this.#oldest.next()
    }
    this.delete(oldest.value as Key)
  }
}
