/**
 * The hosted page: reads its address, mounts the challenge, and reports to the app.
 *
 * @module
 */

import { createChallengeClient, mountChallenge } from '../../elements/challenge/index.js'
import { createExit } from './exit.js'
import { findOpener, type Opener } from './opener.js'
import { readPageAddress, tenantOf } from './page-address.js'

const address = readPageAddress(location.href)
const opener = findOpener(address.mode, window)
const isFramed = window.parent !== window
const card = document.querySelector('main')!

const page = document.documentElement
page.classList.toggle('framed', isFramed)
// Without an attribute, the browser decides. That of the file is for a page without scripts.
if (address.lang) page.lang = address.lang
else page.removeAttribute('lang')

const challenge = mountChallenge(document.querySelector('#challenge')!, {
  client: createChallengeClient({
    tenantId: tenantOf(address.token),
    // Beside the page, where the tenant of its address is too.
    baseUrl: new URL('v1', location.href).href,
  }),
  token: address.token,
  forceEnrollment: address.forceEnrollment,
  // Replaced, not added to the history: going back would lead to a page whose code is no longer valid.
  ...createExit({ address, opener, navigate: target => location.replace(target) }),
  onError: failure => opener?.apiError(failure),
  onReady: () => opener && introduce(opener, card),
  onScreen: ({ title, lang, dir }) => {
    document.title = title
    Object.assign(page, { lang, dir })
  },
})

// The dialog of the opener does not receive keys that are pressed in this frame.
if (opener && isFramed)
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.isComposing) challenge.leave()
  })

/** Reports the height first, so that the frame opens at its final size. */
function introduce(opener: Opener, card: HTMLElement) {
  let reported = 0
  function report() {
    const height = Math.ceil(card.getBoundingClientRect().height)
    if (height === reported) return
    reported = height
    opener.height(height)
  }

  report()
  opener.ready()
  new ResizeObserver(report).observe(card)
}
