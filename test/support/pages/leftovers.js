/**
 * Counts what a page has running: timers, and listeners on anything that is there to stay. It is the first
 * script of a page that counts what other scripts leave behind.
 */
{
  const timers = new Set()
  const { setTimeout, setInterval, clearTimeout, clearInterval } = window

  window.setTimeout = (run, delay, ...values) => {
    const id = setTimeout(() => {
      timers.delete(id)
      run(...values)
    }, delay)
    timers.add(id)
    return id
  }
  window.setInterval = (...input) => {
    const id = setInterval(...input)
    timers.add(id)
    return id
  }
  window.clearTimeout = id => {
    timers.delete(id)
    clearTimeout(id)
  }
  window.clearInterval = id => {
    timers.delete(id)
    clearInterval(id)
  }

  // Weak references, so that counting keeps nothing alive.
  const listeners = new Set()
  const { addEventListener, removeEventListener } = EventTarget.prototype

  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window
    addEventListener.call(target, type, listener, options)
    if (!listener || options?.signal?.aborted) return
    const entry = { target: new WeakRef(target), type, listener: new WeakRef(listener) }
    listeners.add(entry)
    if (options?.signal) addEventListener.call(options.signal, 'abort', () => listeners.delete(entry))
  }
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const target = this ?? window
    removeEventListener.call(target, type, listener, options)
    for (const entry of listeners) {
      const isIt = entry.target.deref() === target && entry.listener.deref() === listener
      if (isIt && entry.type === type) listeners.delete(entry)
    }
  }

  /** What Playwright listens to on every page. */
  const DRIVER = /^(__playwright|mouse|pointer|touch|click|auxclick|dblclick|contextmenu)/

  /** A node that is not in the page takes its listeners along. */
  const counts = ({ target, type }) =>
    target === window ? !DRIVER.test(type) : target && (!(target instanceof Node) || target.isConnected)

  window.running = () => ({
    timers: timers.size,
    listeners: [...listeners]
      .map(({ target, type }) => ({ target: target.deref(), type }))
      .filter(counts)
      .map(({ target, type }) => `${target.constructor.name} ${type}`),
  })
}
