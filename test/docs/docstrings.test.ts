/** The docstrings of the SDK, which editors show: each public name has one, and their examples compile. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const ENTRY = resolve('src/client/index.ts')

/** What the app of an example has anyway; an example may declare any of these itself. */
const APP: Readonly<Record<string, string>> = {
  authsignal: 'sdk.Authsignal',
  client: 'sdk.Client<{ sms: sdk.SmsChannel }>',
  code: 'string',
  projectId: 'string',
  token: 'string',
  url: 'string',
  draw: '(content: string) => void',
  sendToBackend: '(token: string) => Promise<void>',
  show: '(text: string | undefined) => void',
  track: '() => Promise<string>',
}

const sources = readdirSync('src/client', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => ({ file, text: readFileSync(`src/client/${file}`, 'utf8') }))

const EXAMPLE = /^ *\* @example\n(?<lines>(?: *\*(?! @|\/).*\n)+)/gm

const examples = sources.flatMap(({ file, text }) =>
  [...text.matchAll(EXAMPLE)].map(({ groups, index }) => ({
    name: `${file}:${text.slice(0, index).split('\n').length}`,
    code: groups!.lines!.replace(/^ *\* ?/gm, ''),
  })),
)

const entryText = readFileSync(ENTRY, 'utf8')
const publicNames = [...entryText.matchAll(/(?<=[{,]\s+(?:type )?)\w+(?=[\s,}])/g)].map(([name]) => name)

/** An example as a module: with the public names that it uses, and its app around it. */
function moduleOf(code: string): string {
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(code)
  const imports = publicNames.filter(uses).map(name => (isType(name) ? `type ${name}` : name))
  const app = Object.entries(APP).map(([name, type]) => `declare const ${name}: ${type}`)
  return [
    `import type * as sdk from '../index.js'`,
    `import { ${imports.join(', ')} } from '../index.js'`,
    ...app,
    // In a block, where an example can declare a name of its app anew.
    `{\n${code}\n}`,
  ].join('\n')
}

const isType = (name: string) =>
  new RegExp(`\\btype ${name}\\b|export type {[^}]*\\b${name}\\b`).test(entryText)

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())

/** The SDK, and each example as a module of its own beside it. */
function compile(): ts.Program {
  const modules = new Map(
    examples.map(({ code }, index) => [resolve('src/client/.examples', `${index}.ts`), moduleOf(code)]),
  )
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = file => modules.get(file) ?? readFile(file)
  host.fileExists = file => modules.has(file) || fileExists(file)
  const { getSourceFile } = host
  host.getSourceFile = (file, ...rest) =>
    modules.has(file)
      ? ts.createSourceFile(file, modules.get(file)!, ts.ScriptTarget.ES2022, true)
      : getSourceFile.call(host, file, ...rest)
  return ts.createProgram([ENTRY, ...modules.keys()], options, host)
}

const program = compile()
const checker = program.getTypeChecker()
const entry = checker.getSymbolAtLocation(program.getSourceFile(ENTRY)!)!

/** What the entry exports, as far as it is ours. */
const exported = checker
  .getExportsOfModule(entry)
  .map(symbol => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
  .filter(({ declarations }) => declarations?.[0]?.getSourceFile().fileName.includes('/src/client/'))

/** Its members have their docstrings in the type of the constant. */
const errorCodes = exported.find(({ name }) => name === 'ErrorCode')

/** Docstrings of a name and of each member that its declarations write out, by name. */
function documented(symbol: ts.Symbol): [name: string, hasDocstring: boolean][] {
  const found: [string, boolean][] = [[symbol.name, hasDocstring(symbol)]]
  const visit = (node: ts.Node): void => {
    const isMember =
      ts.isPropertySignature(node) ||
      ts.isMethodSignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isEnumMember(node)
    if (isMember && !ts.isPrivateIdentifier(node.name)) {
      const member = checker.getSymbolAtLocation(node.name)!
      found.push([`${symbol.name}.${member.name}`, hasDocstring(member)])
    }
    const leadsToMembers =
      ts.isIntersectionTypeNode(node) || ts.isUnionTypeNode(node) || ts.isTypeLiteralNode(node)
    if (leadsToMembers) ts.forEachChild(node, visit)
  }
  for (const declaration of symbol.declarations ?? []) {
    if (!ts.isFunctionDeclaration(declaration)) ts.forEachChild(declaration, visit)
  }
  if (symbol === errorCodes) {
    for (const code of checker.getTypeOfSymbol(symbol).getProperties())
      found.push([`${symbol.name}.${code.name}`, hasDocstring(code)])
  }
  return found
}

const hasDocstring = (symbol: ts.Symbol) =>
  symbol.getDocumentationComment(checker).length > 0 ||
  symbol.getJsDocTags(checker).some(({ name }) => name === 'deprecated')

test('every public name and each of its members has a docstring', () => {
  const names = exported.flatMap(documented)
  expect(names.length).toBeGreaterThan(300)
  expect(names.filter(([, hasDocstring]) => !hasDocstring).map(([name]) => name)).toEqual([])
})

test('at least every second public function, class and interface has an example', () => {
  const kinds = ts.SymbolFlags.Function | ts.SymbolFlags.Class | ts.SymbolFlags.Interface
  const things = exported.filter(({ flags }) => flags & kinds)
  const isShown = (symbol: ts.Symbol) => symbol.getJsDocTags(checker).some(({ name }) => name === 'example')
  expect(things.filter(isShown).length).toBeGreaterThanOrEqual(things.length / 2)
})

test.each(examples.map(({ name }, index) => ({ name, index })))(
  'the example of $name compiles',
  ({ index }) => {
    const file = program.getSourceFile(resolve('src/client/.examples', `${index}.ts`))!
    const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
  },
)
