/**
 * The chart of docs/performance.md: ratios with a goal as bars, and what launches leave on the page as lines.
 *
 * An image does not know the theme of its page, so it follows the reader's preference for light or dark.
 *
 * @module
 */
import { ORIGINAL, type Result } from './result.js'

const WIDTH = 760
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .quiet { fill: #59636e }
  .ours { fill: #0969da }
  .other { fill: #afb8c1 }
  .goal { stroke: #cf222e; stroke-width: 2 }
  .axis { stroke: #afb8c1 }
  polyline.ours { fill: none; stroke: #0969da; stroke-width: 2.5 }
  polyline.other { fill: none; stroke: #8c959f; stroke-width: 2.5; stroke-dasharray: 5 4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .quiet { fill: #9198a1 }
    .ours { fill: #4493f8 }
    .other { fill: #4d555f }
    .goal { stroke: #f85149 }
    .axis { stroke: #4d555f }
    polyline.ours { fill: none; stroke: #4493f8 }
    polyline.other { fill: none; stroke: #9198a1 }
  }`

export function drawChart(results: readonly Result[]): string {
  const bars = results.filter(({ goal }) => goal?.ratio)
  const lines = results.filter(({ series }) => series)
  const below = 68 + bars.length * 34
  const height = below + 160
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="The numbers of the table that have a goal">
<style>${STYLE}
</style>
${text(0, 16, 'Time relative to the comparison: authsignal-channels (blue), comparison (grey), goal (red)', 'title')}
${bars.map((result, index) => bar(result, 40 + index * 34)).join('\n')}
${text(0, below + 4, 'In the page during 500 launches: authsignal-channels (line), original (dashes)', 'title')}
${lines.map((result, index) => curve(result, index * (WIDTH / lines.length), below + 28, WIDTH / lines.length - 32)).join('\n')}
</svg>
`
}

const LABELS = 230
/** The width of a ratio of 1, in pixels. */
const ONE = 280
const LONGEST = 1.3

function bar({ name, other, ratio, goal }: Result, y: number): string {
  const value = ratio!.value
  return [
    text(0, y + 14, plain(name)),
    rect(LABELS, y, ONE, 20, 'other'),
    rect(LABELS, y + 4, Math.min(value, LONGEST) * ONE, 12, 'ours'),
    `<line class="goal" x1="${LABELS + goal!.ratio! * ONE}" x2="${LABELS + goal!.ratio! * ONE}" y1="${y - 3}" y2="${y + 23}"/>`,
    text(LABELS + LONGEST * ONE + 16, y + 14, `${value.toFixed(2)} of ${plain(other!.name)}`, 'quiet'),
  ].join('\n')
}

function curve({ name, ours, other, series }: Result, x: number, y: number, width: number): string {
  const HEIGHT = 72
  const highest = Math.max(...series!.ours, ...series!.other) || 1
  const points = (counts: readonly number[]) =>
    counts
      .map((count, look) => {
        const across = x + (look / (counts.length - 1)) * width
        const down = y + 20 + HEIGHT * (1 - count / highest)
        return `${across.toFixed(1)},${down.toFixed(1)}`
      })
      .join(' ')
  return [
    text(x, y, name.split(' ')[0]!),
    `<line class="axis" x1="${x}" x2="${x + width}" y1="${y + 20 + HEIGHT}" y2="${y + 20 + HEIGHT}"/>`,
    `<polyline class="other" points="${points(series!.other)}"/>`,
    `<polyline class="ours" points="${points(series!.ours)}"/>`,
    text(x, y + HEIGHT + 40, `ours +${ours} per launch`, 'quiet'),
    text(x, y + HEIGHT + 57, `${ORIGINAL} +${other!.value} per launch`, 'quiet'),
  ].join('\n')
}

/** Backticks are for Markdown. */
const plain = (name: string) => name.replaceAll('`', '')

const rect = (x: number, y: number, width: number, height: number, name: string) =>
  `<rect class="${name}" x="${x}" y="${y}" width="${width.toFixed(1)}" height="${height}" rx="3"/>`

const text = (x: number, y: number, content: string, name = '') =>
  `<text x="${x}" y="${y}"${name && ` class="${name}"`}>${content}</text>`
