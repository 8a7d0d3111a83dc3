/**
 * What a test of an SDK in a page is given: the settings of its client, and actions of the user jane, as the backend of
 * an app sees them.
 *
 * @module
 */
import type { TrackResponse } from '@authsignal/node'
import { expect } from 'vitest'
import { test as base } from './browser.js'

export interface Actions {
  /** Tracks an action of jane, which is `pay` by default. */
  track(action?: string, attributes?: object): Promise<TrackResponse>
  /** The token proves to the backend that jane has completed the action. */
  expectValid(token: unknown, action?: string): Promise<void>
}

export const test = base
  .extend('settings', ({ authsignal }) => authsignal.pageSettings)
  .extend('actions', ({ backend }): Actions => {
    const userId = 'jane'
    return {
      track: (action = 'pay', attributes = {}) => backend.track({ userId, action, attributes }),
      async expectValid(token, action = 'pay') {
        expect(token).toEqual(expect.any(String))
        const validation = await backend.validateChallenge({ token: token as string, action, userId })
        expect(validation).toMatchObject({ isValid: true, state: 'CHALLENGE_SUCCEEDED', userId })
      },
    }
  })
