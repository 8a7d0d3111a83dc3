/**
 * Update: the user moves to a new number or address, and proves to hold it.
 *
 * @module
 */
import { EnrolPanel } from '../parts/enrol-panel.js'
import type { Scenario } from './scenario.js'

export const updateAddress: Scenario = {
  id: 'update-number',
  title: 'Update phone number',
  summary:
    'The user has a new number or address. The old one stays valid until the new one is verified, and is then replaced. The scope update:authenticators allows it.',
  Panel: () => <EnrolPanel action="change-method" />,
}
