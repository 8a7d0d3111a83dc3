/** Rendered on the server and taken over in the browser, with the client that both have made. */
'use client'

import { createClient, whatsapp } from 'authsignal-channels'
import { useEffect, useState } from 'react'

export function StepUp({ tenantId, baseUrl }) {
  const [client] = useState(() => createClient({ tenantId, baseUrl, channels: { whatsapp } }))
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    window.clients = { createClient: client }
    setReady(true)
  }, [client])
  return <p>{isReady ? 'The page is ready.' : 'The page is loading.'}</p>
}
