/**
 * The challenge in a page of an app, with style sheets and policies of that page.
 *
 * @module
 */
import * as esbuild from 'esbuild'
import { html, type Text } from './site.js'

/** A script that sets `mountChallenge` and `createChallengeClient` as globals. */
export async function challengeScript(): Promise<Text> {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `import * as challenge from './src/elements/challenge/index.js'; Object.assign(globalThis, challenge)`,
      resolveDir: process.cwd(),
    },
    alias: { 'authsignal-channels': './src/client/index.ts' },
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    logLevel: 'silent',
  })
  return { type: 'text/javascript', body: outputFiles[0]!.text }
}

/** A page with a node that has the same size in every page, whatever the style sheets of the page say. */
export const challengePage = (head = '', headers = {}): Text =>
  html(
    `<title>App</title><meta name="viewport" content="width=device-width">${head}<script src="/challenge.js"></script>
    <main><form><div id="node"></div></form></main>`,
    headers,
  )
