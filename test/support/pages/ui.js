/**
 * Stands in for the hosted page. It sends the messages of `docs/protocol.md`, "Hosted page": ready, height, and the
 * outcome, on a click or when a test calls it. With `?silent` in its URL it sends nothing by itself.
 */
const launcher = window.parent === window ? window.opener : window.parent

window.tell = message => launcher.postMessage(message, '*')
window.tellEvent = (event, details) => window.tell(JSON.stringify({ event, ...details }))

const [approve, cancel, fail] = document.querySelectorAll('button')
approve?.addEventListener('click', () =>
  window.tellEvent('AUTHSIGNAL_CLOSE_POPUP', { token: 'token-of-the-hosted-page' }),
)
cancel?.addEventListener('click', () => window.tellEvent('AUTHSIGNAL_CLOSE_POPUP'))
fail?.addEventListener('click', () => {
  throw new Error('thrown in the window')
})

if (launcher && !location.search.includes('silent')) {
  window.tellEvent('AUTHSIGNAL_READY')
  window.tell({ height: 200 })
}
