/**
 * The views, in the order of the menu.
 *
 * @module
 */
import type { ReadonlySignal } from '@preact/signals'
import { computed } from '@preact/signals'
import type { ComponentType } from 'preact'
import { actions, challenges, notpUsers, users } from '../state/emulator.js'
import { Actions } from './actions.js'
import { Approvals, approvalCount } from './approvals.js'
import { Challenges } from './challenges.js'
import { foundMessages, Inbox } from './inbox.js'
import { Notp } from './notp.js'
import { foundRequests, Requests } from './requests.js'
import { Settings } from './settings.js'
import { Users } from './users.js'
import { foundDeliveries } from './webhooks/deliveries.js'
import { Webhooks } from './webhooks.js'

export interface View {
  readonly id: string
  readonly title: string
  readonly Body: ComponentType
  /** How many items it has, or how many the search finds. */
  readonly count?: ReadonlySignal<number>
}

export const views: readonly [View, ...View[]] = [
  { id: 'inbox', title: 'Inbox', Body: Inbox, count: computed(() => foundMessages.value.length) },
  { id: 'approvals', title: 'Approvals', Body: Approvals, count: approvalCount },
  { id: 'users', title: 'Users', Body: Users, count: users.total },
  { id: 'actions', title: 'Actions', Body: Actions, count: actions.total },
  { id: 'challenges', title: 'Challenges', Body: Challenges, count: challenges.total },
  { id: 'requests', title: 'Requests', Body: Requests, count: computed(() => foundRequests.value.length) },
  { id: 'notp', title: 'nOTP', Body: Notp, count: notpUsers.total },
  {
    id: 'webhooks',
    title: 'Webhooks',
    Body: Webhooks,
    count: computed(() => foundDeliveries.value.length),
  },
  { id: 'control', title: 'Control', Body: Settings },
]
