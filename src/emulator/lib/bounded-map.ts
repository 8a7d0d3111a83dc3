/**
 * A `Map` that forgets its oldest entry when it is full, so that memory stays bounded.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #capacity: number
  /** Goes on where it stopped: to begin anew each time would mean passing over all that was deleted. */
  #oldest = this.keys()

  constructor(capacity: number) {
    super()
    this.#capacity = capacity
  }

  override set(key: Key, value: Value): this {
    if (!this.has(key) && this.size >= this.#capacity) this.#forgetOldest()
    return super.set(key, value)
  }

  #forgetOldest() {
    let oldest = this.#oldest.next()
    if (oldest.done) {
      this.#oldest = this.keys()
      oldest = this.#oldest.next()
    }
    this.delete(oldest.value as Key)
  }
}
