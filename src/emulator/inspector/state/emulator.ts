/**
 * Everything the page shows, kept up to date: messages and requests as they come, and the other records after each
 * request.
 *
 * @module
 */
import { effect, type Signal, signal } from '@preact/signals'
import { control } from '../control.js'
import type {
  Action,
  Approval,
  Challenge,
  Fault,
  NotpLogin,
  NotpUser,
  Outcome,
  RecordedRequest,
  Session,
  Tenant,
  User,
  Webhook,
  WebhookDelivery,
} from '../types.js'
import { aheadMs, readClock, startClock } from './clock.js'
import { createInbox } from './messages.js'
import { search } from './search.js'
import { createStream } from './stream.js'

export interface Health {
  readonly tenantId: string
  readonly projectId: string
  readonly version: string
}

/** As the emulator keeps. */
const MOST_REQUESTS = 500

export const health = signal<Health | undefined>(undefined)

export const inbox = createInbox()

export const requests = createStream<RecordedRequest>({
  path: 'requests/stream',
  load: async () => (await control<{ requests: readonly RecordedRequest[] }>('requests')).requests,
  read: data => JSON.parse(data),
  onItem() {
    const { items } = requests
    if (items.peek().length > MOST_REQUESTS) items.value = items.peek().slice(0, MOST_REQUESTS)
    refreshSoon()
  },
  onReset: () => refreshSoon(),
})

export interface List<Item> {
  readonly items: Signal<readonly Item[]>
  /** How many there are in all; the list has the newest. */
  readonly total: Signal<number>
}

interface SearchedList<Item> extends List<Item> {
  load(): Promise<void>
}

function listOf<Item>(path: string): SearchedList<Item> {
  const items = signal<readonly Item[]>([])
  const total = signal(0)
  const name = path.split('/').at(-1)!
  return {
    items,
    total,
    async load() {
      const query = search.peek().trim()
      const response = await control<Record<string, unknown>>(
        query ? `${path}?search=${encodeURIComponent(query)}` : path,
      )
      replace(items, response[name] as Item[])
      total.value = response.total as number
    },
  }
}

export const users = listOf<User>('users')
export const actions = listOf<Action>('actions')
export const challenges = listOf<Challenge>('challenges')
export const sessions = listOf<Session>('sessions')
export const notpLogins = listOf<NotpLogin>('notp/logins')
export const notpUsers = listOf<NotpUser>('notp/users')
export const notpSessions = listOf<Session>('notp/sessions')

const lists = [users, actions, challenges, sessions, notpLogins, notpUsers, notpSessions]

export const pushRequests = signal<readonly Approval[]>([])
export const qrCodes = signal<readonly Approval[]>([])
export const outcomes = signal<readonly Outcome[]>([])
export const faults = signal<readonly Fault[]>([])
export const webhooks = signal<readonly Webhook[]>([])
export const deliveries = signal<readonly WebhookDelivery[]>([])

/** `undefined` for a tenant that has none of its own. */
export const tenants = signal<readonly Tenant[] | undefined>(undefined)

/** Whether everything has been read once. */
export const isReady = signal(false)

async function loadAll(): Promise<void> {
  const pending = async (path: string, target: Signal<readonly Approval[]>) =>
    replace(target, (await control<{ challenges: Approval[] }>(path)).challenges.toReversed())
  await Promise.all([
    ...lists.map(list => list.load()),
    pending('push/pending', pushRequests),
    pending('qr/pending', qrCodes),
    control<{ outcomes: Outcome[] }>('outcomes').then(response => replace(outcomes, response.outcomes)),
    control<{ faults: Fault[] }>('faults').then(response => replace(faults, response.faults)),
    control<{ webhooks: Webhook[] }>('webhooks').then(response => replace(webhooks, response.webhooks)),
    control<{ deliveries: WebhookDelivery[] }>('webhooks/deliveries').then(response =>
      replace(deliveries, response.deliveries),
    ),
    control<{ tenants: Tenant[] }>('tenants').then(
      response => replace(tenants, response.tenants),
      () => {},
    ),
    inbox.refresh(),
    readClock(),
  ])
  health.value ??= await control<Health>('health')
  isReady.value = true
}

/** Keeps the list when it is the same, so that nothing is drawn again. */
function replace<Value>(target: Signal<Value>, value: Value): void {
  if (JSON.stringify(value) !== JSON.stringify(target.peek())) target.value = value
}

/** The shortest time between two refreshes: a test can send thousands of requests. */
const REFRESH_MS = 300

let isWaiting = false
let running: Promise<void> | undefined

export function refreshSoon(): void {
  if (isWaiting) return
  isWaiting = true
  setTimeout(() => {
    isWaiting = false
    void refresh()
  }, REFRESH_MS)
}

/** Reads everything. The streams report a lost connection. */
async function refresh(): Promise<void> {
  await running
  running = loadAll().catch(() => {})
  await running
}

/** A test in the same process can move the clock or restore a snapshot without any request. */
const LOOK_MS = 3000

export async function followEmulator(): Promise<void> {
  startClock()
  await refresh()
  inbox.follow()
  requests.follow()
  effect(() => {
    // What has expired, what was found, and what an emulator has that was started again.
    void [aheadMs.value, search.value, requests.reception.value]
    refreshSoon()
  })
  setInterval(() => {
    if (!document.hidden) refreshSoon()
  }, LOOK_MS)
}
