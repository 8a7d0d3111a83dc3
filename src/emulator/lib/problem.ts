/**
 * What is wrong with data that people write or store: the path of the value, and what it must be.
 */

import type * as v from 'valibot'

/** A path as programs write it: `users[3].email`. */
export type Path = readonly (string | number)[]

export const pathOf = ({ path }: v.BaseIssue<unknown>): Path =>
  (path ?? []).map(({ key }) => key as string | number)

/** `whole` is the name of the data itself, for a problem that is not inside it. */
export function problemOf(issue: v.BaseIssue<unknown>, whole: string): string {
  const name = nameOf(pathOf(issue)) || whole
  if (issue.kind === 'schema' && issue.received === 'undefined') return `${name} is missing`
  if (issue.expected === 'never') return `${name} is not known`
  return `${name} must be ${requirementOf(issue)}`
}

const nameOf = (path: Path) =>
  path
    .map(key => (typeof key === 'string' && /^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`))
    .join('')
    .replace(/^\./, '')

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  Array: 'an array',
  Object: 'an object',
}

/** The message of the schema where it has one. The messages of the library name no requirement in words. */
function requirementOf({ type, message, expected, requirement }: v.BaseIssue<unknown>): string {
  if (!message.startsWith('Invalid ')) return message
  if (type === 'email') return 'an e-mail address'
  if (type === 'min_length') return requirement === 1 ? 'not empty' : `at least ${requirement} long`
  if (type === 'max_length') return `at most ${requirement} long`
  return TYPES[expected ?? ''] ?? choiceOf(expected) ?? 'valid'
}

/** `("A" | "B")` as `"A" or "B"`. */
const choiceOf = (expected: string | null) => expected?.replace(/[()]/g, '').replaceAll(' | ', ' or ')
