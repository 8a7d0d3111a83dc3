/**
 * Two additions to TypeDoc: one page per subject instead of per entry point, and the types of `@throws`. A page whose
 * subject is one entry point begins with the comment of its module.
 */
import { Converter, DeclarationReflection, ReflectionKind } from 'typedoc'

/** The page for the declarations of a file: the first pattern that matches. */
const PAGES = [
  [/src\/client\/(client|authsignal|options)\./, 'Clients'],
  [/src\/client\/(channels\/|webauthn-error\.)/, 'Channels'],
  [/src\/client\/launch\//, 'Hosted UI'],
  [/src\/client\/(response|user-message)\./, 'Responses'],
  [/src\/client\/(context\.|lib\/)/, 'Context of a channel'],
  [/src\/elements\/index\./, 'Elements'],
  [/src\/elements\/challenge\//, 'Challenge element'],
  [/src\/elements\/code\//, 'Code element'],
  [/src\/emulator\//, 'Emulator'],
  [/src\/testing\/playwright\./, 'Playwright'],
  [/src\/testing\/vitest\./, 'Vitest'],
  [/src\/testing\//, 'Test kits'],
  [/src\/client\/deprecated\./, 'Deprecated'],
]

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const each of Object.values(project.reflections)) keepThrownType(each)
    sortIntoPages(project)
  })
}

function sortIntoPages(project) {
  const entries = project.getReflectionsByKind(ReflectionKind.Module)
  const pages = new Map()
  for (const [, name] of PAGES) {
    const page = new DeclarationReflection(name, ReflectionKind.Module, project)
    project.registerReflection(page, undefined, undefined)
    pages.set(name, page)
  }
  const nameOf = file => PAGES.find(([pattern]) => pattern.test(file))?.[1]
  const fileOf = reflection => project.getSymbolIdFromReflection(reflection)?.fileName ?? ''
  for (const entry of entries) {
    const own = pages.get(nameOf(fileOf(entry)))
    if (own) own.comment = entry.comment
    for (const child of [...(entry.children ?? [])]) {
      // Declared in another entry point, or in another package.
      if (child.isReference() || /node_modules/.test(fileOf(child))) {
        project.removeReflection(child)
        continue
      }
      const file = fileOf(child)
      const name = nameOf(file)
      if (!name) throw new Error(`The reference has no page for ${child.name}, of ${file}`)
      entry.removeChild(child)
      child.parent = pages.get(name)
      pages.get(name).addChild(child)
    }
    project.removeReflection(entry)
  }
  for (const page of pages.values()) project.addChild(page)
}

/** Writes the type of `@throws {TypeError}` into the text: the Markdown plugin leaves it out. */
function keepThrownType({ comment }) {
  for (const tag of comment?.blockTags ?? []) {
    const type = tag.typeAnnotation?.slice(1, -1)
    if (type) tag.content.unshift({ kind: 'text', text: `\`${type}\` ` })
    delete tag.typeAnnotation // one comment can belong to several declarations
  }
}
