/**
 * Enrolment: a user gets a first, or a further, number or address for codes.
 *
 * @module
 */
import { EnrolPanel } from '../parts/enrol-panel.js'
import type { Scenario } from './scenario.js'

export const enrolment: Scenario = {
  id: 'enrolment',
  title: 'Enrolment',
  summary:
    'A signed-in user adds a way to get codes, and proves to hold the number or address by entering the first one. The scope add:authenticators allows it.',
  Panel: () => <EnrolPanel action="add-method" />,
}
