// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

interface Import {
  /** The imported file, or the name of a package. */
  readonly target: string
  readonly isType: boolean
}

const files = ['src', 'demo'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => join(folder, name)),
)
const imports = new Map(files.map(file => [file, importsOf(file)]))

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (specifier !== undefined && ts.isStringLiteral(specifier))
      found.push({ target: resolve(file, specifier.text), isType })
  }
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeExport(node))
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Whether nothing of it is left at run time; `verbatimModuleSyntax` keeps `import {}` and side effects. */
function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  const named = importClause?.namedBindings
  return (
    importClause?.isTypeOnly === true ||
    (importClause?.name === undefined &&
      named !== undefined &&
      ts.isNamedImports(named) &&
      named.elements.length > 0 &&
      named.elements.every(each => each.isTypeOnly))
  )
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  const named = exportClause !== undefined && ts.isNamedExports(exportClause) ? exportClause.elements : []
  return isTypeOnly || (named.length > 0 && named.every(each => each.isTypeOnly))
}

function resolve(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const path = join(dirname(file), specifier).replace(/\.js$/, '')
  return [`${path}.ts`, `${path}.tsx`].find(each => files.includes(each)) ?? path
}

/** The imports, as `file → target`, of files in one place to files in another. */
const between = (from: RegExp, to: RegExp, include: (each: Import) => boolean = () => true) =>
  [...imports].flatMap(([file, all]) =>
    from.test(file)
      ? all.filter(each => to.test(each.target) && include(each)).map(({ target }) => `${file} → ${target}`)
      : [],
  )

/** The import circles that a file of this place is part of. */
function circles(place: RegExp): string[] {
  const found: string[] = []
  const done = new Set<string>()
  function walk(file: string, path: readonly string[]) {
    const start = path.indexOf(file)
    if (start !== -1) {
      const circle = [...path.slice(start), file]
      if (circle.some(each => place.test(each))) found.push(circle.join(' → '))
    } else if (!done.has(file)) {
      for (const { target } of imports.get(file) ?? []) walk(target, [...path, file])
      done.add(file)
    }
  }
  for (const file of files) if (place.test(file)) walk(file, [])
  return found
}

const EMULATOR = /^src\/emulator\//
const HOSTED_UI = /^src\/emulator\/hosted-ui\//
const INSPECTOR = /^src\/emulator\/inspector\//
const SERVICE = /^src\/emulator\/(?!(hosted-ui|inspector)\/)/
const ELEMENTS = /^src\/elements\//
const SDK = /^src\/client\//
const SDK_PRIVATE = /^src\/client\/(?!index\.ts$)/
const TESTING = /^src\/testing\//
const isValue = ({ isType }: Import) => !isType

test.each([
  ['the SDK', SDK],
  ['the elements', ELEMENTS],
  ['the emulator', EMULATOR],
  ['the test kits', TESTING],
  ['the demo page', /^demo\/page\//],
  ['the demo app', /^demo\/app\//],
])('no file of %s imports in a circle, types included', (_, place) => {
  expect(circles(place)).toEqual([])
})

test('the emulator imports nothing of the SDK but types; only its hosted page imports elements', () => {
  expect(between(SERVICE, SDK, isValue)).toEqual([])
  expect(between(SERVICE, /^authsignal-channels$/, isValue)).toEqual([])
  expect(between(SERVICE, ELEMENTS)).toEqual([])
})

test('the emulator, the elements and the demo know the SDK by its public names, and one rule for codes', () => {
  const crossings = between(/^(src\/(emulator|elements)|demo)\//, SDK_PRIVATE)
  expect(crossings).toEqual(['src/elements/code/digits.ts → src/client/lib/normalize-code.ts'])
})

test('the field for codes imports nothing of the challenge', () => {
  expect(between(/^src\/elements\/code\//, /^src\/elements\/(?!code\/)/)).toEqual([])
})

test('the pages and the service import nothing of each other, but the inspector types of what it shows', () => {
  const PAGES = [HOSTED_UI, INSPECTOR]
  for (const page of PAGES)
    expect([...between(page, SERVICE, isValue), ...between(SERVICE, page)]).toEqual([])
  expect(between(HOSTED_UI, SERVICE)).toEqual([])
  expect([...between(HOSTED_UI, INSPECTOR), ...between(INSPECTOR, HOSTED_UI)]).toEqual([])
})

test('the inspector imports nothing of the SDK or the elements; the demo imports its phone from it', () => {
  expect(between(INSPECTOR, /^src\/(client|elements)\//)).toEqual([])
  expect(between(INSPECTOR, /^authsignal-channels$/)).toEqual([])
  const used = between(/^demo\//, EMULATOR, isValue).map(arrow => arrow.split(' → ')[1]!)
  expect(used.filter(file => !/^src\/emulator\/inspector\/(parts|phone|state|control)/.test(file))).toEqual(
    [],
  )
})

test('the elements import nothing of the emulator', () => {
  expect(between(ELEMENTS, EMULATOR)).toEqual([])
})

test('the SDK imports nothing of the emulator or the elements', () => {
  expect(between(SDK, /^src\/(emulator|elements)\//)).toEqual([])
})

test('the test kits know the package by its public names, and nothing else of it imports them', () => {
  expect(between(TESTING, /^src\/(?!testing\/)/)).toEqual([])
  expect(between(/^src\/(?!testing\/)/, TESTING)).toEqual([])
  expect(between(/^src\/(?!testing\/)/, /^authsignal-channels\/testing/)).toEqual([])
})

test('what is published imports nothing of the demo', () => {
  expect(between(/^src\//, /^demo\//)).toEqual([])
})

/**
 * The folders of the emulator from the lowest to the highest; a file imports from its own or from lower ones.
 * The pages are separate: they run in the browser and call the others over HTTP.
 */
const LEVELS = [
  /^src\/emulator\/(lib\/|options\.ts)/,
  /^src\/emulator\/(webhooks|providers)\//,
  /^src\/emulator\/authsignal\//,
  /^src\/emulator\/notp\//,
  /^src\/emulator\/(service|snapshot|seed)\.ts/,
  /^src\/emulator\/http\//,
  /^src\/emulator\/routes\//,
  /^src\/emulator\/(tenants?|emulator)\.ts/,
  /^src\/emulator\/node\//,
  /^src\/emulator\/index\.ts/,
]

test('every file of the emulator has a level, and imports from its own or from lower ones', () => {
  const levelOf = (file: string) => LEVELS.findIndex(level => level.test(file))
  const unknown = files.filter(file => SERVICE.test(file) && levelOf(file) === -1)
  const upward = between(SERVICE, EMULATOR).filter(arrow => {
    const [from, to] = arrow.split(' → ').map(levelOf)
    return to! > from!
  })
  expect({ unknown, upward }).toEqual({ unknown: [], upward: [] })
})

test('the routes of one API import nothing of the routes of another', () => {
  const rooms = ['client', 'server', 'notp', 'control']
  const crossings = rooms.flatMap(room =>
    between(
      new RegExp(`^src/emulator/routes/${room}/`),
      new RegExp(`^src/emulator/routes/(?!${room}/)(${rooms.join('|')})/`),
    ),
  )
  expect(crossings).toEqual([])
})
