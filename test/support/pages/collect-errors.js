/**
 * Keeps what goes wrong on a page, for engines that do not report it: WebDriver has no console. It is the first
 * script of a page that wants its errors reported in every engine.
 */
window.collectedErrors = []

const consoleError = console.error
console.error = (...values) => {
  window.collectedErrors.push(values.map(String).join(' '))
  consoleError(...values)
}
addEventListener('error', event => {
  // An element that does not load has an event of the same name, without an error.
  if (event instanceof ErrorEvent) window.collectedErrors.push(String(event.error ?? event.message))
})
addEventListener('unhandledrejection', event => window.collectedErrors.push(String(event.reason)))
