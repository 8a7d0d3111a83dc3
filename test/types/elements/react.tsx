/** @jsxImportSource react */
import 'authsignal-channels/elements'

export const field = (
  <authsignal-code
    length={6}
    cells
    error="Wrong."
    oncomplete={({ detail }) => detail.code.trim()}
    className="field"
  >
    <input name="code" />
  </authsignal-code>
)
// @ts-expect-error the length is a number
export const wrong = <authsignal-code length="six" />

export const challenge = (
  <authsignal-challenge
    tenant-id="acme"
    region="eu"
    methods="passkey whatsapp"
    token="a.b.c"
    onsuccess={({ detail }) => detail.token.trim()}
    onerror={({ detail }) => detail.errorCode.trim()}
    className="card"
  />
)
// @ts-expect-error there is no such region
export const elsewhere = <authsignal-challenge region="moon" />
