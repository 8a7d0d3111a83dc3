/**
 * What records are made of in a snapshot: plain JSON, checked by a schema before it is used.
 */

import * as v from 'valibot'

/** The schema of each part of a state. */
export type Schemas<State> = { readonly [Part in keyof State]: v.GenericSchema<unknown, State[Part]> }

/** A part of the emulator whose state is part of a snapshot. */
export interface Stateful<State extends object = object> {
  /** The form of its state. */
  readonly schema: Schemas<State>
  /** Its state, which the caller copies before anything changes it. */
  save(): State
  /** Replaces its state. */
  load(state: State): void
}

/** A field that JSON may lack. */
export const maybe = v.exactOptional

/** In milliseconds since 1970. */
export const Time = v.pipe(v.number('a time in ms'), v.finite('a time in ms'))

/** Text that only the emulator writes, such as a code or an address. */
export const Text = v.pipe(v.string(), v.maxLength(4096))

/** JSON that is stored as text. */
export const JsonText = v.pipe(v.string(), v.maxLength(8192), v.check(isJson, 'JSON as text'))

/** A list of records, no two of which have the same value of `key`. */
export const listOf = <Item extends object>(item: v.GenericSchema<unknown, Item>, key: keyof Item & string) =>
  v.pipe(
    v.array(item),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      const seen = new Set<unknown>()
      for (const [index, input] of dataset.value.entries()) {
        const value = input[key]
        if (value !== undefined && seen.has(value))
          addIssue({ message: 'unique', path: pathTo(dataset.value, index, key) })
        seen.add(value)
      }
    }),
  )

type Path = [v.IssuePathItem, ...v.IssuePathItem[]]

/** The path of a value inside another one, for an issue. */
export function pathTo(
  input: unknown,
  first: string | number,
  ...others: readonly (string | number)[]
): Path {
  const value = (input as Record<string | number, unknown>)[first]
  const [next, ...rest] = others
  const item: v.IssuePathItem = { type: 'unknown', origin: 'value', input, key: first, value }
  return next === undefined ? [item] : [item, ...pathTo(value, next, ...rest)]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
