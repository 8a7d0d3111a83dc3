/** Replaces the hosted page: reports that it is ready, then sends the messages of a test. */
const launcher = window.parent !== window ? window.parent : window.opener

window.tell = message => launcher.postMessage(message, '*')
window.tellEvent = (event, details) => window.tell(JSON.stringify({ event, ...details }))

if (launcher && !new URLSearchParams(location.search).has('silent')) window.tellEvent('AUTHSIGNAL_READY')
