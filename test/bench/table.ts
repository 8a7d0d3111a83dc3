/**
 * Results as text, for the terminal and for docs/performance.md.
 *
 * @module
 */
import type { Result } from './result.js'

export function toText({ name, ours, other, ratio, goal }: Result): string {
  return [
    name.padEnd(46),
    ours.padStart(9),
    other && `${other.name} ${other.value}`,
    ratio && `ratio ${inWords(ratio)}`,
    goal && `goal ${goal.text}: ${goal.isMet ? 'met' : 'MISSED'}`,
  ]
    .filter(Boolean)
    .join('   ')
}

export function toMarkdown(results: readonly Result[], machine: string): string {
  const rows = results.map(({ name, ours, other, ratio, goal }) =>
    [
      name,
      ours,
      other ? `${other.value}, ${other.name}` : '',
      ratio ? inWords(ratio) : '',
      goal ? `${goal.text}: ${goal.isMet ? 'met' : 'missed'}` : '',
    ].join(' | '),
  )
  return [
    '| measurement | authsignal-channels | comparison | ratio (95 %) | goal |',
    '|---|---|---|---|---|',
    ...rows.map(row => `| ${row} |`),
    '',
    `${machine}.`,
  ].join('\n')
}

const inWords = ({ value, low, high }: NonNullable<Result['ratio']>) =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
