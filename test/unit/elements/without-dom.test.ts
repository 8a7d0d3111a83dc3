// @vitest-environment node
import {
  AuthsignalChallengeElement,
  AuthsignalCodeElement,
  defineChallenge,
  defineCode,
} from 'authsignal-channels/elements'
import { expect, test } from 'vitest'

test('importing and defining the elements does nothing where there is no page', () => {
  expect(globalThis).not.toHaveProperty('HTMLElement')
  expect(() => defineCode({ tag: 'acme-code' })).not.toThrow()
  expect(() => defineChallenge({ tag: 'acme-challenge' })).not.toThrow()
  expect(AuthsignalCodeElement.observedAttributes).toContain('error')
  expect(AuthsignalChallengeElement.observedAttributes).toContain('tenant-id')
})
