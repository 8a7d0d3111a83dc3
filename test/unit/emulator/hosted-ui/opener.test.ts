import { expect, test, vi } from 'vitest'
import { findOpener } from '../../../../src/emulator/hosted-ui/opener.js'

function windowWith(relations: { parent?: object; opener?: object | null }): Window {
  const own = { opener: null, ...relations } as unknown as Window & { parent: unknown }
  own.parent ??= own
  return own
}

test('findOpener() is the parent of a frame, else the opener of a window', () => {
  const parent = { postMessage: vi.fn() }
  const opener = { postMessage: vi.fn() }
  findOpener('popup', windowWith({ parent, opener }))?.ready()
  findOpener('popup', windowWith({ opener }))?.ready()
  expect(parent.postMessage).toHaveBeenCalledOnce()
  expect(opener.postMessage).toHaveBeenCalledOnce()
})

test('findOpener() is undefined in a top-level page, and in the mode `redirect`', () => {
  expect(findOpener('popup', windowWith({}))).toBeUndefined()
  expect(findOpener('redirect', windowWith({ parent: { postMessage: vi.fn() } }))).toBeUndefined()
})

test('messages are JSON strings, except for the height', () => {
  const parent = { postMessage: vi.fn() }
  const opener = findOpener('popup', windowWith({ parent }))!
  opener.ready()
  opener.height(384)
  opener.apiError({ errorCode: 'expired_token', status: 401 })
  opener.apiError({ errorCode: 'network_error' })
  opener.close()
  opener.close('a.b.c')
  expect(parent.postMessage.mock.calls.map(([message]) => message)).toEqual([
    '{"event":"AUTHSIGNAL_READY"}',
    { height: 384 },
    '{"event":"AUTHSIGNAL_API_ERROR","errorCode":"expired_token","statusCode":401}',
    '{"event":"AUTHSIGNAL_API_ERROR","errorCode":"network_error"}',
    '{"event":"AUTHSIGNAL_CLOSE_POPUP"}',
    '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":"a.b.c"}',
  ])
})
