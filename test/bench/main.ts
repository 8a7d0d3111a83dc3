/**
 * Runs all benchmarks one after the other in one Chromium. Prints the results as a table; with `UPDATE=1` also
 * writes the table to docs/performance.md, and the chart.
 *
 * `ROUNDS=3` is a fast trial run; its numbers are not precise.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { measureCalls } from './calls.js'
import { drawChart } from './chart.js'
import { measureEmulator } from './emulator.js'
import { measureLaunches } from './launch.js'
import { measureLeftovers } from './leftovers.js'
import { describeMachine } from './machine.js'
import { measureOutages } from './outage.js'
import type { Result } from './result.js'
import { measureScript } from './script.js'
import { startStage } from './stage.js'
import { toMarkdown, toText } from './table.js'

const CHART = new URL('results.svg', import.meta.url)
const PAGE = 'docs/performance.md'
const TABLE = /(?<=<!-- bench\b.*-->\n)[\s\S]*?(?=\n<!-- \/bench -->)/

export async function main(): Promise<void> {
  const { UPDATE, ROUNDS } = process.env
  if (UPDATE) checkUpdate(ROUNDS)
  const results: Result[] = []
  const stage = await startStage()
  const machine = describeMachine(stage.browser.version())
  console.log(`${machine}\n`)
  try {
    for (const measure of [measureScript, measureCalls, measureLaunches, measureLeftovers]) {
      results.push(...report(await measure(stage)))
    }
  } finally {
    await stage.close()
  }
  results.push(...report(await measureEmulator()))
  results.push(...report(measureOutages()))

  if (UPDATE) update(results, machine)
}

/** Prints each result as soon as it is known. */
function report(results: Result[]): Result[] {
  for (const result of results) console.log(toText(result))
  return results
}

/** Checked first, before the benchmarks run for minutes. */
function checkUpdate(rounds: string | undefined): void {
  if (rounds) throw new Error('UPDATE needs all the rounds: leave ROUNDS away')
  if (!TABLE.test(readFileSync(PAGE, 'utf8'))) {
    throw new Error(`${PAGE} has no <!-- bench --> and <!-- /bench -->`)
  }
}

function update(results: readonly Result[], machine: string): void {
  const page = readFileSync(PAGE, 'utf8')
  writeFileSync(
    PAGE,
    page.replace(TABLE, () => toMarkdown(results, machine)),
  )
  writeFileSync(CHART, drawChart(results))
}
