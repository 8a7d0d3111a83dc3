// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { createExit } from '../../../../src/emulator/hosted-ui/exit.js'

const redirectUrl = 'https://app.example/?x=1'

function exitOf(mode: 'popup' | 'redirect') {
  const opener = { ready: vi.fn(), height: vi.fn(), apiError: vi.fn(), close: vi.fn() }
  const navigate = vi.fn()
  const exit = createExit({
    address: { token: 'track.token', mode, forceEnrollment: false, lang: undefined },
    opener: mode === 'popup' ? opener : undefined,
    navigate,
  })
  return { ...exit, opener, navigate }
}

test('a popup closes with the token of a verified user, and without one after a cancel', () => {
  const { exit, onSuccess, onCancel, opener, navigate } = exitOf('popup')
  expect(exit(redirectUrl)).toBe('close')
  onSuccess({ token: 'new.token', redirectUrl })
  onCancel({ redirectUrl })
  expect(opener.close.mock.calls).toEqual([['new.token'], [undefined]])
  expect(navigate).not.toHaveBeenCalled()
})

test('a redirect returns to the app with the new token, and after a cancel with the unverified one', () => {
  const { exit, onSuccess, onCancel, navigate } = exitOf('redirect')
  expect(exit(redirectUrl)).toBe('return')
  onSuccess({ token: 'new.token', redirectUrl })
  onCancel({ redirectUrl })
  expect(navigate.mock.calls).toEqual([
    ['https://app.example/?x=1&token=new.token'],
    ['https://app.example/?x=1&token=track.token'],
  ])
})

test('without a return address a redirect leads nowhere', () => {
  const { exit, onSuccess, navigate } = exitOf('redirect')
  expect(exit(undefined)).toBe('none')
  onSuccess({ token: 'new.token', redirectUrl: undefined })
  expect(navigate).not.toHaveBeenCalled()
})
