/**
 * Makes the Custom Elements Manifest from the sources of the elements: editors read it for completion.
 *
 * @see https://github.com/webcomponents/custom-elements-manifest
 */
import { readFileSync } from 'node:fs'
import ts from 'typescript'

const parse = file => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)

/** The first paragraph of the comment, without its markup. */
const descriptionOf = node => {
  const text = ts.getJSDocCommentsAndTags(node)[0]?.comment ?? ''
  return (typeof text === 'string' ? text : ts.getTextOfJSDocComment(text)).trim()
}

const has = (node, kind) => node.modifiers?.some(modifier => modifier.kind === kind) === true

const isPublic = member =>
  member.name &&
  ts.isIdentifier(member.name) &&
  !has(member, ts.SyntaxKind.StaticKeyword) &&
  !has(member, ts.SyntaxKind.ProtectedKeyword) &&
  !member.name.text.endsWith('Callback') &&
  !/EventListener$/.test(member.name.text)

const typeOf = node => (node.type ? { type: { text: node.type.getText() } } : {})

/** @param folder That of the element, below `src/elements/`. */
function moduleOf(folder) {
  const element = parse(`src/elements/${folder}/element.ts`)
  const [declared] = element.statements.filter(ts.isClassDeclaration)
  const interfaces = [...element.statements, ...parse(`src/elements/${folder}/jsx.ts`).statements].filter(
    ts.isInterfaceDeclaration,
  )
  const membersOf = suffix => interfaces.find(({ name }) => name.text.endsWith(suffix)).members
  const tagName = `authsignal-${folder}`

  // Those of the table in the challenge; the field for codes has only attributes.
  const table = new Map(
    [...element.text.matchAll(/^ {2}(\w+): \{ (?:attribute: '([\w-]+)', )?changes/gm)].map(
      ([, name, attribute]) => [name, attribute],
    ),
  )
  const fields = declared.members.filter(
    member => isPublic(member) && (ts.isPropertyDeclaration(member) || ts.isGetAccessor(member)),
  )
  const methods = declared.members.filter(member => isPublic(member) && ts.isMethodDeclaration(member))
  const attributes = membersOf('ElementAttributes').filter(({ name }) => {
    const isProperty = table.has(name.text) && !table.get(name.text)
    return !name.text.startsWith('on') && !isProperty
  })
  const fieldOf = attribute => {
    const name = [...table].find(([, known]) => known === attribute)?.[0] ?? attribute
    return fields.some(field => field.name.text === name) ? { fieldName: name } : {}
  }

  const declaration = {
    kind: 'class',
    customElement: true,
    name: declared.name.text,
    tagName,
    description: descriptionOf(declared),
    superclass: { name: 'HTMLElement' },
    members: [
      ...fields.map(field => ({
        kind: 'field',
        name: field.name.text,
        description: descriptionOf(field),
        ...typeOf(field),
        ...(table.get(field.name.text) && { attribute: table.get(field.name.text), reflects: true }),
      })),
      ...methods.map(method => ({
        kind: 'method',
        name: method.name.text,
        description: descriptionOf(method),
      })),
    ],
    attributes: attributes.map(attribute => ({
      name: attribute.name.text,
      description: descriptionOf(attribute),
      ...typeOf(attribute),
      ...fieldOf(attribute.name.text),
    })),
    events: membersOf('EventMap').map(event => ({
      name: event.name.text,
      description: descriptionOf(event),
      ...typeOf(event),
    })),
  }
  return {
    kind: 'javascript-module',
    path: `dist/elements/${folder}/index.js`,
    declarations: [declaration],
    exports: [
      { kind: 'js', name: declaration.name, declaration: { name: declaration.name } },
      { kind: 'custom-element-definition', name: tagName, declaration: { name: declaration.name } },
    ],
  }
}

export const customElementsManifest = () => ({
  schemaVersion: '2.1.0',
  modules: ['challenge', 'code'].map(moduleOf),
})
