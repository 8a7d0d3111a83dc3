/**
 * Faults on demand: which requests meet one, and how often. Playing them is `http/faults.ts`.
 */

import * as v from 'valibot'
import { problemOf } from './problem.js'
import type { Random } from './random.js'
import { listOf, type Schemas, type Stateful } from './state.js'

/** Everything that can happen to a request. `docs/emulator.md` says what each does. */
export const FAULT_NAMES = [
  'network',
  'timeout',
  'stall',
  'cut',
  'lost-response',
  'latency',
  'no-cors',
  'redirect-loop',
  'no-content',
  'empty',
  'html',
  'truncated',
  'null',
  'string',
  'array',
  'endless',
  '400',
  'expired-token',
  '403',
  '404',
  '429',
  '429-date',
  '429-zero',
  '429-garbage',
  '429-year',
  '429-no-retry-after',
  '429-no-error-code',
  '500',
  '500-html',
  '502',
  '503',
] as const

/** What happens to a request. See the table of faults in `docs/emulator.md`. */
export type FaultName = (typeof FAULT_NAMES)[number]

/** Which requests meet a fault. */
export interface FaultRule {
  /** The path of the requests, without that of a tenant. `*` stands for any characters: `/v1/client/verify/*`. */
  readonly path: string
  readonly fault: FaultName
  /** The HTTP method. Default: any. */
  readonly method?: string | undefined
  /** The ID of the user, by the token or the path of the request. Default: any user, or none. */
  readonly user?: string | undefined
  /** How many requests meet the fault, at least 1. Default: every one, until the rule is removed. */
  readonly times?: number | undefined
  /** How likely a request meets the fault, above 0 and at most 1. Default `1`. */
  readonly probability?: number | undefined
  /** A delay before the fault, in milliseconds of real time, at most 60,000. Default `0`; `2_000` for `latency`. */
  readonly delayMs?: number | undefined
}

/** A rule that was added. */
export interface Fault extends FaultRule {
  readonly id: string
  /** How many requests have met it. */
  readonly hits: number
}

/** The faults of an emulator. */
export interface Faults {
  /**
   * Adds a rule; the first one added that matches a request decides. Control routes and preflight requests meet no
   * fault. A WebSocket that meets one is refused.
   *
   * @throws {TypeError} When the rule is not valid; the message names the field.
   *
   * @example
   * emulator.faults.add({ path: '/v1/client/verify/*', fault: 'cut', times: 2 })
   */
  add(rule: FaultRule): Fault
  /** The rules, those included that have no requests left. */
  list(): Fault[]
  /** Removes a rule; `false` when there is none with this ID. */
  remove(id: string): boolean
  /** Removes all rules. */
  clear(): void
}

interface FaultsState {
  readonly faults: readonly Fault[]
}

/** What a rule is matched with. */
export interface FaultTarget {
  readonly method: string
  readonly path: string
  /** Called only for rules about a user. */
  user(): string | undefined
}

export interface StatefulFaults extends Stateful<FaultsState> {
  readonly faults: Faults
  /** The fault that a request meets, if any. It counts as met. `only` leaves out others. */
  take(target: () => FaultTarget | undefined, only?: (fault: FaultName) => boolean): FaultRule | undefined
}

const CAPACITY = 100

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
const wholeNumber = v.pipe(v.number('a whole number'), v.safeInteger('a whole number'))

const entries = {
  path: v.pipe(text, v.regex(/^[/*]/, 'a path')),
  fault: v.picklist(FAULT_NAMES, 'the name of a fault'),
  method: v.optional(v.pipe(text, v.regex(/^[A-Z]+$/, 'an HTTP method in capitals'))),
  user: v.optional(text),
  times: v.optional(v.pipe(wholeNumber, v.minValue(1, 'at least 1'))),
  probability: v.optional(
    v.pipe(
      v.number('a number'),
      v.check(value => value > 0 && value <= 1, 'above 0 and at most 1'),
    ),
  ),
  delayMs: v.optional(
    v.pipe(wholeNumber, v.minValue(0, 'from 0 to 60000'), v.maxValue(60_000, 'from 0 to 60000')),
  ),
}

export const FaultSchema: v.GenericSchema<unknown, FaultRule> = v.strictObject(entries)

/** A rule that was added, in responses and snapshots. */
export const AddedFault = v.strictObject({ ...entries, id: text, hits: v.pipe(wholeNumber, v.minValue(0)) })

const schema: Schemas<FaultsState> = { faults: listOf(AddedFault, 'id') }

export function createFaults(random: Random): StatefulFaults {
  let rules: (Fault & { hits: number })[] = []

  const isOpen = ({ times = Number.POSITIVE_INFINITY, hits }: Fault) => hits < times
  const happens = ({ probability = 1 }: Fault) =>
    probability === 1 || new DataView(random.bytes(4).buffer).getUint32(0) / 2 ** 32 < probability

  return {
    faults: {
      add(rule) {
        const result = v.safeParse(FaultSchema, rule, { abortEarly: true })
        if (!result.success) throw new TypeError(problemOf(result.issues[0], 'The rule'))
        if (rules.length >= CAPACITY)
          throw new TypeError(`There are ${CAPACITY} faults already; remove some first`)
        const added = { ...result.output, id: random.id(), hits: 0 }
        rules.push(added)
        return { ...added }
      },
      list: () => rules.map(rule => ({ ...rule })),
      remove(id) {
        const before = rules.length
        rules = rules.filter(rule => rule.id !== id)
        return rules.length < before
      },
      clear() {
        rules = []
      },
    },
    take(targetOf, only = () => true) {
      const target = rules.length === 0 ? undefined : targetOf()
      if (target === undefined) return undefined
      const rule = rules.find(
        each => isOpen(each) && only(each.fault) && matches(each, target) && happens(each),
      )
      if (rule !== undefined) rule.hits++
      return rule
    },
    schema,
    save: () => ({ faults: rules.map(rule => ({ ...rule })) }),
    load(state) {
      rules = state.faults.map(rule => ({ ...rule }))
    },
  }
}

function matches({ path, method, user }: FaultRule, target: FaultTarget): boolean {
  return (
    (method === undefined || method === target.method) &&
    patternOf(path).test(target.path) &&
    (user === undefined || user === target.user())
  )
}

const patternOf = (path: string) =>
  new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's')
