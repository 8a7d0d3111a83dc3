/**
 * `npm run example -- react` follows a guide in a new folder, with the package that was built in this one, and serves
 * the result.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const path = relative => fileURLToPath(new URL(relative, import.meta.url))

const APPS = ['HTML', 'React', 'Vue', 'Plain TypeScript']

/** The guide of each example; an app of the single-page guide leaves out the sections of the others. */
const EXAMPLES = {
  readme: { page: 'README.md' },
  'script-tag': { page: 'docs/guides/script-tag.md' },
  html: { page: 'docs/guides/ui-in-your-page.md', app: 'HTML' },
  react: { page: 'docs/guides/ui-in-your-page.md', app: 'React' },
  vue: { page: 'docs/guides/ui-in-your-page.md', app: 'Vue' },
  'react-form': { page: 'docs/guides/single-page-app.md', app: 'React' },
  'vue-form': { page: 'docs/guides/single-page-app.md', app: 'Vue' },
  'plain-form': { page: 'docs/guides/single-page-app.md', app: 'Plain TypeScript' },
  'server-rendering': { page: 'docs/guides/server-rendering.md' },
  'custom-ui': { page: 'docs/guides/custom-ui.md' },
  'hosted-ui': { page: 'docs/guides/hosted-ui.md' },
  notp: { page: 'docs/guides/notp.md' },
  'content-security-policy': { page: 'docs/guides/content-security-policy.md' },
  webhooks: { page: 'docs/guides/webhooks.md' },
  'writing-a-channel': { page: 'docs/guides/writing-a-channel.md' },
}

const [name, ...rest] = process.argv.slice(2)
if (Object.hasOwn(EXAMPLES, name ?? '') && rest.length === 0) await run(EXAMPLES[name])
else {
  console.error(`Name an example: npm run example -- ${Object.keys(EXAMPLES).join('|')}`)
  process.exitCode = 1
}

async function run({ page, app }) {
  const { module } = await runnerImport(path('guide.ts'), { configFile: false, logLevel: 'error' })
  const { Reader, readGuide } = module
  const reader = new Reader({
    packageFolder: path('../..'),
    modules: path('../../node_modules'),
    prefersUsualPorts: true,
  })
  const leave = async () => {
    await reader.leave()
    process.exit()
  }
  process.on('SIGINT', leave).on('SIGTERM', leave)

  try {
    const isOfOther = section => APPS.includes(section) && section !== app
    await reader.follow(readGuide(path(`../../${page}`)).filter(({ section }) => !app || !isOfOther(section)))
  } catch (error) {
    await reader.leave()
    throw error
  }
  console.log(`
  The example is ready: ${reader.url(reader.isRunning('3') ? '3' : '2')}

  Codes     ${reader.url('1')}
  Guide     ${page}
  Files     ${reader.folder}

  Ctrl+C stops it, and deletes the files.
`)
}
