/**
 * A page that launches: the button "Confirm" does it, with what the test has put into `host.next`.
 * Its result can be read back.
 */
const host = {
  client: new authsignal.Authsignal({
    tenantId: 'acme',
    baseUrl: `${location.origin}/v1`,
    // Short, for the tests without a response; the others finish long before.
    timeout: Number(new URLSearchParams(location.search).get('timeout') ?? 20_000),
  }),
  button: document.querySelector('button'),
  controller: new AbortController(),
  next: { url: '', options: {} },
  outcome: undefined,
  errors: [],
  /** Every message that reached this page, from any sender. */
  received: [],
  violations: [],
  launch() {
    host.outcome = host.client.launch(host.next.url, {
      ...host.next.options,
      onError: error => host.errors.push(error),
      signal: host.controller.signal,
    })
  },
}

host.button.addEventListener('click', host.launch)
addEventListener('message', event => host.received.push(event.data))
document.addEventListener('securitypolicyviolation', event => host.violations.push(event.violatedDirective))
window.host = host
