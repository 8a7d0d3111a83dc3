/** What the original offers, against what the migration guide says we have in its place. */
import { readFileSync } from 'node:fs'
import * as sdk from 'authsignal-channels'
import ts from 'typescript'
import { expect, test } from 'vitest'

const ORIGINAL = 'node_modules/@authsignal/browser/dist/index.d.ts'
const OURS = 'dist/index.d.ts'

/**
 * Members that version 1.21.1 adds to the one published on npm, which are not in the declarations here.
 *
 * @see https://github.com/authsignal/authsignal-browser/releases
 */
const ADDED = [
  'passkey.signUp({ syncCredentials })',
  'passkey.signIn({ idempotencyKey })',
  'passkey.signIn({ syncCredentials })',
  'passkey.signIn({ preferImmediatelyAvailableCredentials })',
  'push.challenge({ userAuthenticatorId })',
  'ErrorCode.unknown_credential',
  'ErrorCode.credential_not_found',
  'ErrorCode.immediate_mediation_not_supported',
  'PushDeliveryResult',
]

const exportsOf = (file: string) => {
  const program = ts.createProgram([file], {
    skipLibCheck: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  })
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!
  return { checker, symbols: checker.getExportsOfModule(module) }
}

/** Each export, each member of the client, each method of its channels with each of its options. */
function membersOf(file: string): string[] {
  const { checker, symbols } = exportsOf(file)
  const members: string[] = []
  for (const symbol of symbols) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    members.push(symbol.name)
    if (symbol.name === 'ErrorCode')
      members.push(...[...(target.exports?.keys() ?? [])].map(name => `ErrorCode.${name}`))
    if (symbol.name === 'Authsignal')
      members.push(...membersOfClient(checker, checker.getDeclaredTypeOfSymbol(target)))
  }
  return members
}

function membersOfClient(checker: ts.TypeChecker, client: ts.Type): string[] {
  return publicOf(client).flatMap(member => {
    const type = checker.getTypeOfSymbol(member)
    const isChannel = !type.getCallSignatures().length && type.symbol?.flags & ts.SymbolFlags.Class
    if (!isChannel) return [member.name]
    return publicOf(type).flatMap(method => {
      const name = `${member.name}.${method.name}`
      const [input] = checker.getTypeOfSymbol(method).getCallSignatures()[0]?.parameters ?? []
      const options = input ? checker.getNonNullableType(checker.getTypeOfSymbol(input)).getProperties() : []
      return [name, ...options.map(option => `${name}({ ${option.name} })`)]
    })
  })
}

const publicOf = (type: ts.Type) =>
  type.getProperties().filter(({ valueDeclaration }) => {
    const flags = valueDeclaration ? ts.getCombinedModifierFlags(valueDeclaration) : 0
    return !(flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected))
  })

const table =
  readFileSync('docs/guides/migration.md', 'utf8').match(
    /<!-- parity -->\n([\s\S]*?)\n<!-- \/parity -->/,
  )?.[1] ?? ''
const rows = new Map(
  table
    .split('\n')
    .slice(2)
    .map(row => row.split('|').map(cell => cell.trim()))
    .map(([, there = '', here = '']) => [there.replaceAll('`', ''), here]),
)

test('the guide has a row for every public member of the original, and for no other', () => {
  expect([...rows.keys()].sort()).toEqual([...membersOf(ORIGINAL), ...ADDED].sort())
})

test('every name that the original exports is exported here too', () => {
  const names = exportsOf(OURS).symbols.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(exportsOf(ORIGINAL).symbols.map(({ name }) => name)))
})

test('every member that the guide says is the same is on the client', () => {
  const client = new sdk.Authsignal({ tenantId: 'acme' }) as unknown as Record<
    string,
    Record<string, unknown>
  >
  for (const [there, here] of rows) {
    if (!here.startsWith('the same')) continue
    const [first, second] = there.replace(/\(.*/, '').split('.') as [string, string?]
    if (first === 'ErrorCode' && second) expect(sdk.ErrorCode).toHaveProperty(second)
    else if (second) expect(client[first], there).toHaveProperty(second)
  }
})
