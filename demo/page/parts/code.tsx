/**
 * The code of a scenario as an app would contain it: one block per side.
 *
 * @module
 */
import { CopyButton } from '../../../src/emulator/inspector/parts/copy-button.js'
import { SideBadge } from './steps.js'

interface CodeProps {
  readonly backend?: string
  readonly browser?: string
}

export function Code({ backend, browser }: CodeProps) {
  return (
    <section class="code" aria-labelledby="the-code">
      <h3 id="the-code">The code</h3>
      {backend && <Block side="Backend" text={backend} />}
      {browser && <Block side="Browser" text={browser} />}
    </section>
  )
}

function Block({ side, text }: { readonly side: 'Backend' | 'Browser'; readonly text: string }) {
  return (
    <figure>
      <figcaption>
        <SideBadge side={side} />
        <CopyButton text={text.trim()} what={`the ${side.toLowerCase()} code`} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and the keyboard has to reach them */}
      <pre tabIndex={0}>
        <code>{highlight(text.trim())}</code>
      </pre>
    </figure>
  )
}

/** Comments, strings and keywords get a class; everything else stays text. */
function highlight(text: string) {
  return text.split(/(\/\/.*|'[^']*'|\b(?:const|await|if|return)\b)/).map((part, index) => {
    if (index % 2 === 0) return part
    const kind = part.startsWith('//') ? 'comment' : part.startsWith("'") ? 'string' : 'keyword'
    return <span class={`code-${kind}`}>{part}</span>
  })
}
