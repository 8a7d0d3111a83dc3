/**
 * What the rules of the service decide when an action is tracked. The emulator has one rule, which is set here.
 *
 * @module
 */
import { signal } from '@preact/signals'
import { logNote } from './calls.js'
import { control } from './control.js'
import { config } from './sdk.js'

export type Rule = 'CHALLENGE' | 'ALLOW' | 'REVIEW' | 'BLOCK'

export const DEFAULT_RULE: Rule = 'CHALLENGE'

/** The rule for the next action. */
export const rule = signal<Rule>(DEFAULT_RULE)

/** A real tenant has rules of its own. */
export async function applyRule(action: string): Promise<void> {
  if (config.service !== 'emulator') return
  await control('outcomes', { action, outcome: rule.value })
  if (rule.value !== DEFAULT_RULE) logNote(`The emulator now decides ${rule.value} for the action ${action}.`)
}
