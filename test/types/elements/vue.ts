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

type ChallengeProps = InstanceType<GlobalComponents['authsignal-challenge']>['$props']

export const challenge: ChallengeProps = {
  'tenant-id': 'acme',
  region: 'eu',
  token: 'a.b.c',
  onSuccess: ({ detail }) => detail.token.trim(),
  onError: ({ detail }) => detail.errorCode.trim(),
  class: 'card',
}
// @ts-expect-error there is no such region
export const elsewhere: ChallengeProps = { region: 'moon' }
