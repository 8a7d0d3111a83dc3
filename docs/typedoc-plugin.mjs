/** What the reference adds to TypeDoc: a page per subject instead of per entry, and the types of `@throws`. */
import { Converter, DeclarationReflection, ReflectionKind } from 'typedoc'

/** The page of what a file declares: the first that fits. */
const PAGES = [
  [/src\/(client|authsignal|options)\./, 'Clients'],
  [/src\/channels\//, 'Channels'],
  [/src\/hosted\//, 'Hosted UI'],
  [/src\/response\./, 'Responses'],
  [/src\/(context|request|poll)\./, 'Context of a channel'],
  [/src\/emulator\//, 'Emulator'],
  [/src\/deprecated\./, 'Deprecated'],
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
  for (const entry of entries) {
    for (const child of [...(entry.children ?? [])]) {
      const file = project.getSymbolIdFromReflection(child)?.fileName ?? ''
      const [, name] = PAGES.find(([pattern]) => pattern.test(file)) ?? []
      if (!name) throw new Error(`The reference has no page for ${child.name}, of ${file}`)
      entry.removeChild(child)
      child.parent = pages.get(name)
      pages.get(name).addChild(child)
    }
    project.removeReflection(entry)
  }
  for (const page of pages.values()) project.addChild(page)
}

/** The Markdown leaves out the type of `@throws {TypeError}`. */
function keepThrownType({ comment }) {
  for (const tag of comment?.blockTags ?? []) {
    const type = tag.typeAnnotation?.slice(1, -1)
    if (type) tag.content.unshift({ kind: 'text', text: `\`${type}\` ` })
    delete tag.typeAnnotation // one comment may stand in several places
  }
}
