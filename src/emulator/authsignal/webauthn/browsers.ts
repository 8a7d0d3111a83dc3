/**
 * The browsers of passkey calls that end in `/web`. A cookie identifies each; the record holds the ceremony that it
 * started and the user who has signed in.
 */

import * as v from 'valibot'
import { BoundedMap, type Records } from '../../lib/bounded-map.js'
import type { Clock } from '../../lib/clock.js'
import type { Random } from '../../lib/random.js'
import { listOf, maybe, type Schemas, Time } from '../../lib/state.js'
import { type EmulatorConfig, lifetimeMs } from '../../options.js'
import { Id } from '../fields.js'

export interface Browser {
  /** The value of its cookie. */
  readonly cookieId: string
  readonly expiresAt: number
  /** The challenge ID of the action it named last. */
  challengeId?: string
  /** The user who has signed in. */
  userId?: string
}

interface BrowsersState {
  readonly browsers: readonly Browser[]
}

export interface Browsers extends Records<BrowsersState> {
  /** The browser with this cookie, unless the cookie has expired. */
  find(cookieId: string | undefined): Browser | undefined
  /** A new browser, which is not stored yet. */
  create(): Browser
  /** Stores a browser. */
  add(browser: Browser): void
}

const CAPACITY = 5_000

const schema: Schemas<BrowsersState> = {
  browsers: listOf(
    v.strictObject({ cookieId: Id, expiresAt: Time, challengeId: maybe(Id), userId: maybe(Id) }),
    'cookieId',
  ),
}

export function createBrowsers(config: EmulatorConfig, clock: Clock, random: Random): Browsers {
  const browsers = new BoundedMap<string, Browser>(CAPACITY)
  const isExpired = ({ expiresAt }: Browser) => expiresAt <= clock.now()

  return {
    find(cookieId) {
      const browser = cookieId === undefined ? undefined : browsers.get(cookieId)
      return browser === undefined || isExpired(browser) ? undefined : browser
    },
    create: () => ({ cookieId: random.id(), expiresAt: clock.now() + lifetimeMs(config) }),
    add(browser) {
      browsers.set(browser.cookieId, browser)
    },
    get size() {
      return browsers.size
    },
    forgetUser: id => browsers.deleteWhere(({ userId }) => userId === id),
    sweep: () => browsers.deleteWhere(isExpired),
    clear: () => browsers.clear(),
    schema,
    save: () => ({ browsers: [...browsers.values()] }),
    load: state => browsers.replace(state.browsers.map(each => [each.cookieId, each])),
  }
}
