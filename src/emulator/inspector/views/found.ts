/**
 * The items of a list that the search finds.
 *
 * @module
 */
import { computed, type ReadonlySignal } from '@preact/signals'
import { isFound } from '../state/search.js'

export const found = <Item extends object>(items: () => readonly Item[]): ReadonlySignal<readonly Item[]> =>
  computed(() => items().filter(isFound))
