import 'authsignal-channels/elements'
import type { GlobalComponents } from 'vue'

type Props = InstanceType<GlobalComponents['authsignal-code']>['$props']

export const field: Props = {
  length: 6,
  cells: true,
  error: 'Wrong.',
  onComplete: ({ detail }) => detail.code.trim(),
  class: 'field',
}
// @ts-expect-error the length is a number
export const wrong: Props = { length: 'six' }
