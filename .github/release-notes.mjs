/** Prints what CHANGELOG.md says about a version: `node .github/release-notes.mjs v1.2.3`. */
import { readFileSync } from 'node:fs'

const version = process.argv[2]?.replace(/^v/, '')
const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8')
const sections = changelog.split(/^## /m).slice(1)
const section = sections.find(text => text.split(/\s/)[0] === version)
const notes = section?.slice(section.indexOf('\n')).trim()

if (notes) console.log(notes)
else {
  console.error(`CHANGELOG.md has no notes for ${version ?? 'the version, which was not named'}`)
  process.exitCode = 1
}
