// @vitest-environment node
import { expect, test } from 'vitest'
import { credentialName } from '../../../src/emulator/authsignal/webauthn/credential-name.js'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const UNKNOWN = '00000000-0000-0000-0000-000000000000'

test.each([
  ['its product', 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', FIREFOX, 'Google Password Manager'],
  ['the browser that registered it', UNKNOWN, FIREFOX, 'Firefox on Linux'],
  ['nothing, when neither is known', UNKNOWN, 'x', 'Unknown'],
  ['nothing, without a browser', UNKNOWN, undefined, 'Unknown'],
])('a credential is named after %s', (_, aaguid, userAgent, name) => {
  const credential = {
    id: 'x',
    publicKey: 'x',
    counter: 0,
    transports: [],
    deviceType: 'singleDevice',
    isBackedUp: false,
    deviceId: 'd',
  } as const
  expect(credentialName({ ...credential, aaguid, userAgent })).toBe(name)
})
