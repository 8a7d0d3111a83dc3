/**
 * Picks what the rules of the service decide for the action of a scenario.
 *
 * @module
 */
import { useEffect } from 'preact/hooks'
import { DEFAULT_RULE, type Rule, rule } from '../rules.js'
import { config } from '../sdk.js'
import { Choice } from './choice.js'

export function RuleChoice() {
  // The other scenarios always need a challenge.
  useEffect(
    () => () => {
      rule.value = DEFAULT_RULE
    },
    [],
  )
  if (config.service !== 'emulator') return null
  return (
    <Choice<Rule>
      label="Your rules decide"
      options={[
        { value: 'CHALLENGE', label: 'Challenge' },
        { value: 'ALLOW', label: 'Allow' },
        { value: 'REVIEW', label: 'Review' },
        { value: 'BLOCK', label: 'Block' },
      ]}
      value={rule.value}
      onChange={chosen => {
        rule.value = chosen
      }}
    />
  )
}
