/**
 * What axe objects to on a page: the rules for WCAG, levels A and AA, and its best practices.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RuleObject, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Each rule that is violated, and where.
 *
 * @param rules Turns rules on or off. `target-size`, of WCAG 2.2, is off by default.
 */
export async function axeViolations(page: Page, rules: RuleObject = {}): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
  const options: RunOptions = { resultTypes: ['violations'], rules }
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
