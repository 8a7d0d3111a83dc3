/**
 * The panel "Theme and language": what the challenge looks like, and the code that makes it so.
 *
 * @module
 */
import { type Signal, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { Choice } from './choice.js'
import { Code } from './code.js'

export interface Look {
  readonly accent: string
  /** In pixels. */
  readonly radius: number
  readonly theme: 'auto' | 'light' | 'dark'
  /** The language; that of the page when it is empty. */
  readonly lang: string
  /** That of the language when it is empty. */
  readonly dir: '' | 'ltr' | 'rtl'
}

export const DEFAULT_LOOK: Look = { accent: '#3b4fd8', radius: 8, theme: 'auto', lang: '', dir: '' }

const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it', 'nl', 'ja', 'zh-Hans', 'ar'] as const

/** Each language by its own name. */
const nameOf = (lang: string) => new Intl.DisplayNames(lang, { type: 'language' }).of(lang) ?? lang

export function ThemePanel({ look }: { readonly look: Signal<Look> }) {
  const id = useId()
  const { accent, radius, theme, lang, dir } = look.value
  const change = (part: Partial<Look>) => {
    look.value = { ...look.value, ...part }
  }
  return (
    <section class="theme-panel" aria-labelledby={id}>
      <h3 id={id}>Theme and language</h3>
      <div class="controls">
        <div class="field theme-accent">
          <label for={`${id}-accent`}>Accent</label>
          <input
            id={`${id}-accent`}
            type="color"
            value={accent}
            onInput={event => change({ accent: event.currentTarget.value })}
          />
        </div>
        <div class="field theme-radius">
          <label for={`${id}-radius`}>Corners: {radius} px</label>
          <input
            id={`${id}-radius`}
            type="range"
            min={0}
            max={22}
            value={radius}
            onInput={event => change({ radius: event.currentTarget.valueAsNumber })}
          />
        </div>
        <Choice<Look['theme']>
          label="Theme"
          options={[
            { value: 'auto', label: 'As the page' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          value={theme}
          onChange={chosen => change({ theme: chosen })}
        />
        <div class="field theme-language">
          <label for={`${id}-lang`}>Language</label>
          <select
            id={`${id}-lang`}
            value={lang}
            onChange={event => change({ lang: event.currentTarget.value })}
          >
            <option value="">As the page</option>
            {LANGUAGES.map(each => (
              <option key={each} value={each} lang={each}>
                {nameOf(each)}
                {each === 'ar' && ' (right to left)'}
              </option>
            ))}
          </select>
        </div>
        <Choice<Look['dir']>
          label="Direction"
          options={[
            { value: '', label: 'By language' },
            { value: 'ltr', label: 'Left to right' },
            { value: 'rtl', label: 'Right to left' },
          ]}
          value={dir}
          onChange={chosen => change({ dir: chosen })}
        />
      </div>
    </section>
  )
}

type Framework = 'HTML' | 'React' | 'Vue'

/** The challenge with this look, to copy. */
export function LookCode({ look, backend }: { readonly look: Look; readonly backend: string }) {
  const framework = useSignal<Framework>('HTML')
  return (
    <>
      <Choice<Framework>
        label="Your page is made with"
        options={[
          { value: 'HTML', label: 'HTML' },
          { value: 'React', label: 'React' },
          { value: 'Vue', label: 'Vue' },
        ]}
        value={framework.value}
        onChange={chosen => {
          framework.value = chosen
        }}
      />
      <Code backend={backend} browser={codeFor[framework.value](look)} />
    </>
  )
}

/** The attributes that are not the default. */
const attributesOf = ({ theme, lang, dir }: Look) =>
  [
    'tenant-id="demo-tenant"',
    theme !== DEFAULT_LOOK.theme && `theme="${theme}"`,
    lang !== DEFAULT_LOOK.lang && `lang="${lang}"`,
    dir !== DEFAULT_LOOK.dir && `dir="${dir}"`,
  ]
    .filter(Boolean)
    .join(' ')

/** The rule with the custom properties that are not the default; empty when all are. */
function ruleOf({ accent, radius }: Look): string {
  const properties = [
    accent !== DEFAULT_LOOK.accent && `  --authsignal-accent: ${accent};\n`,
    radius !== DEFAULT_LOOK.radius && `  --authsignal-radius: ${radius}px;\n`,
  ].filter(Boolean)
  return properties.length > 0 ? `authsignal-challenge {\n${properties.join('')}}\n` : ''
}

const styleSheetOf = (look: Look) => ruleOf(look) && `\n\n/* style.css */\n${ruleOf(look)}`

const codeFor: Record<Framework, (look: Look) => string> = {
  HTML: look => `
${ruleOf(look) && `<style>\n${ruleOf(look)}</style>\n`}<authsignal-challenge ${attributesOf(look)}></authsignal-challenge>
<script type="module">
  import 'authsignal-channels/elements'
  const element = document.querySelector('authsignal-challenge')
  element.action = 'Send $120 to Acme'
  element.token = token
  element.addEventListener('success', event => confirmPayment(event.detail.token))
</script>`,
  React: look => `
import 'authsignal-channels/elements'

export const Confirm = ({ token }) => (
  <authsignal-challenge
    ${attributesOf(look)}
    action="Send $120 to Acme"
    token={token}
    onsuccess={event => confirmPayment(event.detail.token)}
  />
)${styleSheetOf(look)}`,
  Vue: look => `
<script setup>
import 'authsignal-channels/elements'
defineProps(['token'])
</script>

<template>
  <authsignal-challenge
    ${attributesOf(look)}
    action="Send $120 to Acme"
    :token.prop="token"
    @success="event => confirmPayment(event.detail.token)"
  />
</template>${styleSheetOf(look)}`,
}
