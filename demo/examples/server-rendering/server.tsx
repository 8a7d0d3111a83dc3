import { Hono } from 'hono'
import { renderToString } from 'react-dom/server'
import { finishStepUp, startStepUp } from '../backend'
import { StepUp } from '../react/step-up'
import { page } from './page'

export const pages = new Hono()
  .get('/', c => c.html(page(renderToString(<StepUp />))))

  // Redirects to the hosted page and back, without a script on this site.
  .post('/pay', async c => {
    const { url } = await startStepUp(new URL('/paid', c.req.url).href)
    return c.redirect(url, 303)
  })
  .get('/paid', async c => {
    const token = c.req.query('token')
    const { isPaid } = token ? await finishStepUp(token) : { isPaid: false }
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    return c.html(page('', isPaid ? 'Paid.' : 'The payment was not confirmed.'))
  })
