/** Serves the backend and the files of `public/` on http://localhost:3000. */
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { backend } from './backend.js'

backend.get('*', serveStatic({ root: 'public' }))
serve({ fetch: backend.fetch, port: 3000 })
