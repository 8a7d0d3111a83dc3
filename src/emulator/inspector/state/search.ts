/**
 * The text that all views are searched for.
 *
 * @module
 */
import { computed, signal } from '@preact/signals'

export const search = signal('')

const needle = computed(() => search.value.trim().toLowerCase())

export const isSearching = computed(() => needle.value !== '')

/** Whether any field of an item has the text. */
export const isFound = (item: object) =>
  !isSearching.value || JSON.stringify(item).toLowerCase().includes(needle.value)
