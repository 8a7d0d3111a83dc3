/**
 * Writes down what a declaration file makes public: each name with its whole shape, sorted, without comments.
 *
 * What the text does not depend on: the order of the sources, comments, and the names that the build gives to
 * two things of the same name.
 *
 * @module
 */
import ts from 'typescript'

/** The declarations of a file, as TypeScript. */
export function apiOf(file: string): string {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)!
  const printer = ts.createPrinter({ removeComments: true })

  /** What a name stands for, in the end. */
  const target = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const exported = new Map(
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(source)!)
      .map(symbol => [target(symbol), symbol.name]),
  )
  const publicNames = new Set(exported.values())
  /** What is not exported, but a part of what is. */
  const parts = new Map<ts.Symbol, string>()

  const nameOf = (symbol: ts.Symbol): string => {
    const name = symbol.name.replace(/\$\d+$/, '')
    return exported.get(symbol) ?? (publicNames.has(name) ? `${name}_` : name)
  }

  const print = (symbol: ts.Symbol): string =>
    symbol
      .declarations!.map(declaration =>
        printer.printNode(ts.EmitHint.Unspecified, renamed(declaration), source),
      )
      .join('\n')

  /** A declaration with the names that the report has, and a note of each part it needs. */
  const renamed = (declaration: ts.Declaration): ts.Node => {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
    const rename = (node: ts.Node): ts.Node => {
      const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined
      if (!symbol?.declarations?.some(isTopLevel)) return ts.visitEachChild(node, rename, undefined)
      if (!exported.has(symbol)) parts.set(symbol, nameOf(symbol))
      return ts.factory.createIdentifier(nameOf(symbol))
    }
    return rename(statement)
  }

  const isTopLevel = (declaration: ts.Declaration): boolean => {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
    return statement.parent === source && !ts.isImportDeclaration(statement)
  }

  const sorted = (symbols: Map<ts.Symbol, string>) => [...symbols].sort(([, a], [, b]) => (a < b ? -1 : 1))
  /** From other packages, to use and to hand on. */
  const imports = source.statements
    .filter(statement => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
    .filter(statement => statement.moduleSpecifier)
    .map(statement => printer.printNode(ts.EmitHint.Unspecified, statement, source))
  const publics = sorted(exported)
    .filter(([symbol]) => symbol.declarations!.some(isTopLevel))
    .map(([symbol]) => print(symbol).replace(/^(?=(declare|interface|type)\b)/gm, 'export '))
  // Printing a part can bring up others.
  const printed = new Map<ts.Symbol, string>()
  for (const symbol of parts.keys()) printed.set(symbol, print(symbol))
  const privates = sorted(parts).map(([symbol]) => printed.get(symbol)!)
  if (privates.length > 0) privates.unshift('// Not exported, but a part of the above.')

  return [...imports, ...publics, ...privates].join('\n\n')
}
