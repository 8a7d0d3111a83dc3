/**
 * `/magic-link/{challengeId}/{secret}`: the page that the link of an e-mail opens, and its button.
 */

import { Hono } from 'hono'
import type { Service } from '../service.js'
import { magicLinkPage } from './magic-link-page.js'

export function magicLinkRoutes({ challenges, config, store }: Service): Hono {
  return new Hono()
    .get('/:challengeId/:secret', c => {
      const { challengeId, secret } = c.req.param()
      const state = challenges.linkState(store.challenges.get(challengeId), secret)
      return magicLinkPage(state, config.tenantId)
    })
    .post('/:challengeId/:secret', c => {
      const { challengeId, secret } = c.req.param()
      const state = challenges.follow(store.challenges.get(challengeId), secret)
      return magicLinkPage(state === 'open' ? 'done' : state, config.tenantId)
    })
}
