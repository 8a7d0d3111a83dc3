/** A React app in strict mode, which runs each effect twice: it sends a code and launches as it is mounted. */
import { createElement, StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'

const { tenantId, baseUrl, token, url } = Object.fromEntries(new URLSearchParams(location.search))
const client = new window.authsignal.Authsignal({ tenantId, baseUrl })
client.setToken(token)

window.effects = 0
window.responses = []

function App() {
  useEffect(() => {
    window.effects++
    const controller = new AbortController()
    const { signal } = controller
    const keep = response => window.responses.push(response)
    client.sms.challenge({ signal }).then(keep)
    client.launch(url, { signal }).then(keep)
    return () => controller.abort()
  }, [])
  return createElement('h1', null, 'App')
}

createRoot(document.querySelector('div')).render(createElement(StrictMode, null, createElement(App)))
