/** The error codes in a report of the API: apps compare with them, so there may be more, but never other ones. */
import { expect } from 'vitest'

/** The codes of `ErrorCode` in a report, in their order. */
export function codesIn(report: string): string[] {
  const [, members = ''] = report.match(/namespace ErrorCode \{\n([^}]*)\}/) ?? []
  return [...members.matchAll(/type \w+ = '(\w+)';/g)].map(([, code]) => code!)
}

/** Each code of before is still there, at its place, and what is new comes after. */
export function expectAppended(before: string, now: string): void {
  const codes = codesIn(before)
  expect(codesIn(now).slice(0, codes.length)).toEqual(codes)
}
