/**
 * The challenge in a page of an app, with style sheets and policies of that page.
 *
 * @module
 */
import * as esbuild from 'esbuild'
import { html, type Text } from './site.js'

/** The script-tag file of the sources: registers the elements, and has the global `authsignal`. */
export const challengeScript = (): Promise<Text> => (script ??= bundle())

let script: Promise<Text> | undefined

async function bundle(): Promise<Text> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['src/elements/script-tag.ts'],
    globalName: 'authsignal',
    alias: { 'authsignal-channels': './src/client/index.ts' },
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    logLevel: 'silent',
  })
  return { type: 'text/javascript', body: outputFiles[0]!.text }
}

/** A page with an element that has the same size in every page, whatever the style sheets of the page say. */
export const challengePage = (head = '', headers = {}): Text =>
  html(
    `<title>App</title><meta name="viewport" content="width=device-width">${head}<script src="/challenge.js"></script>
    <main><form><authsignal-challenge id="node"></authsignal-challenge></form></main>`,
    headers,
  )
