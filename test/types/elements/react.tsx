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
