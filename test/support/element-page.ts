/**
 * A page of an app with `<authsignal-challenge>`, by the script-tag file, under a strict policy.
 *
 * @module
 */
import { built, builtModules, html, type Route, type Text } from './site.js'

declare global {
  interface Window {
    /** The events of the element, and what they came with. */
    events: [type: string, detail: { readonly token?: string; readonly name?: string } | null][]
  }
}

/** No inline style or script, and no text that becomes HTML. */
const policyFor = (service: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${service} ${service.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

/** The page of one element; it starts when a test sets its token. */
export const elementPage = (service: string, element: string, head = ''): Text =>
  html(
    `<title>App</title>${head}
    <script src="/collect-errors.js"></script>
    <script defer src="/authsignal-elements.umd.min.js"></script>
    <script type="module" src="/page.js"></script>
    <main>${element}</main><p id="after">After</p>`,
    { 'content-security-policy': policyFor(service) },
  )

const SCRIPT = `
  window.events = []
  const element = document.querySelector('authsignal-challenge')
  for (const type of ['ready', 'success', 'cancel', 'error', 'step'])
    element.addEventListener(type, ({ detail }) => events.push([type, detail]))
  window.isReady = true`

/** What the page loads. */
export const elementFiles = (): Readonly<Record<string, Route>> => ({
  '/authsignal-elements.umd.min.js': built('authsignal-elements.umd.min.js'),
  '/page.js': { type: 'text/javascript', body: SCRIPT },
  '/collect-errors.js': new URL('./pages/collect-errors.js', import.meta.url),
  ...builtModules('elements'),
})
