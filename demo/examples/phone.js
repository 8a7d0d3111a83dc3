/** The user's phone, in a strip below the example: the messages that the emulator has sent, newest first. */
const strip = document.createElement('aside')
strip.ariaLabel = 'Phone'
const root = strip.attachShadow({ mode: 'open' })
const sheet = new CSSStyleSheet()
sheet.replaceSync(`
  section { box-sizing: border-box; max-width: 420px; margin: 0 auto; padding: 16px 24px; border: 1px dashed var(--line-strong);
    border-radius: var(--radius-large); color: var(--text-muted); font: 14px/1.5 var(--font) }
  h2 { margin: 0; font-size: 14px }
  ul { margin: 0; padding: 0; list-style: none }
  li { margin-top: 8px; overflow-wrap: anywhere }
  li:first-child { color: var(--text) }
  code { font: 600 16px var(--font-mono); letter-spacing: .1em }
`)
root.adoptedStyleSheets = [sheet]

const section = document.createElement('section')
const heading = document.createElement('h2')
heading.textContent = 'The phone of the user'
const list = document.createElement('ul')
const hint = document.createElement('li')
hint.textContent = 'Codes arrive here.'
list.append(hint)
section.append(heading, list)
root.append(section)
document.body.append(strip)

new EventSource('/emulator/messages/stream').onmessage = ({ data }) => {
  const { channel, code, body } = JSON.parse(data)
  const item = document.createElement('li')
  const digits = document.createElement('code')
  digits.textContent = code ?? ''
  const names = { WHATSAPP: 'WhatsApp', SMS: 'SMS', EMAIL: 'E-mail' }
  item.append(`${names[channel]}: `, code ? digits : body)
  hint.remove()
  list.prepend(item)
}
