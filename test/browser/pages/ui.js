/** Stands in for the hosted page: says that it is ready, and then whatever a test makes it say. */
const launcher = window.parent !== window ? window.parent : window.opener

window.tell = message => launcher.postMessage(message, '*')
window.tellEvent = (event, details) => window.tell(JSON.stringify({ event, ...details }))

if (launcher && !new URLSearchParams(location.search).has('silent')) window.tellEvent('AUTHSIGNAL_READY')
