import fc from 'fast-check'
import { expect, test } from 'vitest'
import { handleMessage } from '../../../src/client/launch/messages.js'

function meaningOf(data: unknown): unknown[] {
  const calls: unknown[] = []
  handleMessage(new MessageEvent('message', { data }), {
    onReady: () => calls.push('ready'),
    onHeight: height => calls.push(['height', height]),
    onError: error => calls.push(['error', error]),
    onClose: token => calls.push(['close', token]),
  })
  return calls
}

test.each([
  ['{"event":"AUTHSIGNAL_READY"}', ['ready']],
  ['{"event":"AUTHSIGNAL_CLOSE_POPUP","token":"t"}', [['close', 't']]],
  ['{"event":"AUTHSIGNAL_CLOSE_POPUP"}', [['close', undefined]]],
  ['{"event":"AUTHSIGNAL_CLOSE_POPUP","token":""}', [['close', undefined]]],
  [
    '{"event":"AUTHSIGNAL_API_ERROR","errorCode":"expired_token","statusCode":401}',
    [['error', { errorCode: 'expired_token', statusCode: 401 }]],
  ],
  ['{"event":"AUTHSIGNAL_API_ERROR","errorCode":7,"statusCode":"x"}', [['error', {}]]],
  [{ height: 420 }, [['height', 420]]],
])('%j means %j', (data, meaning) => {
  expect(meaningOf(data)).toEqual(meaning)
})

test.each([
  null,
  undefined,
  7,
  [],
  '',
  'null',
  '[]',
  'not JSON',
  '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":{"length":1}}',
  '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":null}',
  '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":" "}',
  '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":"a b"}',
  '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":"line\\nbreak"}',
  '{"event":"AUTHSIGNAL_CLOSE_POPUP","token":"jeton-é"}',
  '{"event":"toString"}',
  '{"height":420}',
  { event: 'AUTHSIGNAL_CLOSE_POPUP', token: 't' },
  { height: '420' },
  { height: Number.NaN },
  { height: -1 },
  { height: 0 },
  ['{"event":"AUTHSIGNAL_READY"}'],
])('%j means nothing', data => {
  expect(meaningOf(data)).toEqual([])
})

test('unknown messages mean nothing and throw nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.json(), fc.string()), data => {
      expect(meaningOf(data).filter(call => !Array.isArray(call) || call[0] !== 'height')).toEqual([])
    }),
    { numRuns: 2000 },
  )
})
