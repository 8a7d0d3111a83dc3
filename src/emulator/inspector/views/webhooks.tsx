/**
 * Webhooks, with what was sent to them.
 *
 * @module
 */
import { Deliveries } from './webhooks/deliveries.js'
import { Receivers } from './webhooks/receivers.js'

export const Webhooks = () => (
  <>
    <Receivers />
    <Deliveries />
  </>
)
