/**
 * JSON, indented and coloured, with a button that copies it.
 *
 * @module
 */
import { CopyButton } from './copy-button.js'

interface JsonProps {
  readonly title: string
  readonly value: unknown
}

export function Json({ title, value }: JsonProps) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <section class="json" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <CopyButton text={text} what={title.toLowerCase()} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and the keyboard has to reach them */}
      <pre tabIndex={0}>
        <code>{highlight(text)}</code>
      </pre>
    </section>
  )
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b/g

/** Names, texts and other values get a class; everything else stays text. */
function highlight(text: string) {
  const parts = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [all, quoted, colon] = match
    parts.push(text.slice(end, match.index))
    const kind = quoted === undefined ? 'literal' : colon === undefined ? 'string' : 'name'
    const hidden = quoted?.includes('[hidden]') ? ' json-hidden' : ''
    parts.push(
      <span key={match.index} class={`json-${kind}${hidden}`}>
        {quoted ?? all}
      </span>,
      colon,
    )
    end = match.index + all.length
  }
  return [...parts, text.slice(end)]
}
