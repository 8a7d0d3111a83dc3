/**
 * The emulator itself: each section is a file of `settings/`.
 *
 * @module
 */
import { Addresses } from './settings/addresses.js'
import { Clock } from './settings/clock.js'
import { Faults } from './settings/faults.js'
import { Outcomes } from './settings/outcomes.js'
import { Reset } from './settings/reset.js'
import { Tenants } from './settings/tenants.js'

export const Settings = () => (
  <div class="list settings">
    <Clock />
    <Outcomes />
    <Faults />
    <Tenants />
    <Addresses />
    <Reset />
  </div>
)
