/**
 * The hosted page: reads its address, shows the element, and reports to the app.
 *
 * @module
 */

import { ALL } from '../../elements/challenge/all.js'
import { AuthsignalChallengeElement } from '../../elements/challenge/index.js'
import { createExit } from './exit.js'
import { findOpener, type Opener } from './opener.js'
import { readPageAddress, tenantOf } from './page-address.js'
import { loadSettings } from './settings.js'

const address = readPageAddress(location.href)
const opener = findOpener(address.mode, window)
const isFramed = window.parent !== window
const { exit, onSuccess, onCancel } = createExit({
  address,
  opener,
  // Replaced, not added to the history: going back would lead to a page whose code is no longer valid.
  navigate: target => location.replace(target),
})

customElements.define(
  'authsignal-challenge',
  class extends AuthsignalChallengeElement {
    static override readonly methods = ALL
    protected override hosting() {
      return { exit, forceEnrollment: address.forceEnrollment }
    }
  },
)

const page = document.documentElement
page.classList.toggle('framed', isFramed)
const { accent, action, brand, lang = '', methods = [], theme = '' } = await loadSettings(address.token)
// Without an attribute, the browser decides. That of the file is for a page without scripts.
page.lang = address.lang || lang
if (!page.lang) page.removeAttribute('lang')
if (theme) page.dataset.theme = theme
if (accent) page.style.setProperty('--authsignal-accent', accent)

const card = document.querySelector('main')!
const challenge = document.querySelector('authsignal-challenge')!

challenge.addEventListener('ready', () => opener && introduce(opener, card))
challenge.addEventListener('step', ({ detail: { title, lang, dir } }) => {
  document.title = title
  Object.assign(page, { lang, dir })
})
challenge.addEventListener('error', ({ detail }) => opener?.apiError(detail))
challenge.addEventListener('success', ({ detail }) => onSuccess(detail))
challenge.addEventListener('cancel', ({ detail }) => onCancel(detail))

Object.assign(challenge, { action, brand, methods: methods.join(' '), theme })
challenge.tenantId = tenantOf(address.token)
// Beside the page, where the tenant of its address is too.
challenge.baseUrl = new URL('v1', location.href).href
// Without one the user reads that the link is incomplete.
challenge.token = address.token ?? ''

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
