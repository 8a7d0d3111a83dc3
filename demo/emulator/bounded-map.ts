/**
 * A `Map` that forgets its oldest entry when it is full, so that memory stays bounded.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #capacity: number

  constructor(capacity: number) {
    super()
    this.#capacity = capacity
  }

  override set(key: Key, value: Value): this {
    if (!this.has(key) && this.size >= this.#capacity) this.delete(this.keys().next().value as Key)
    return super.set(key, value)
  }
}
