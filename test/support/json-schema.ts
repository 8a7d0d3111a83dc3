/**
 * The JSON Schema (draft 2020-12) of a Valibot schema, as far as JSON Schema can say it. Conditions that are functions
 * are left out: the emulator checks them when it reads the file.
 */

import type * as v from 'valibot'

type Json = Record<string, unknown>

// biome-ignore lint/suspicious/noExplicitAny: each type of schema has fields of its own
type Schema = any

export const jsonSchemaOf = (schema: v.GenericSchema, title: string): Json => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...convert(schema),
})

function convert(schema: Schema): Json {
  if (schema.pipe === undefined) return typeOf(schema)
  const [first, ...actions] = schema.pipe
  const base = convert(first)
  return Object.assign(base, ...actions.map((action: Schema) => limitOf(action, base.type)))
}

function typeOf(schema: Schema): Json {
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type: schema.type }
    case 'literal':
      return { const: schema.literal }
    case 'picklist':
      return { enum: schema.options }
    case 'array':
      return { type: 'array', items: convert(schema.item) }
    case 'record':
      return {
        type: 'object',
        propertyNames: convert(schema.key),
        additionalProperties: convert(schema.value),
      }
    case 'optional':
      return convert(schema.wrapped)
    case 'union':
    case 'variant':
      return { anyOf: schema.options.map(convert) }
    case 'strict_object':
      return objectOf(Object.entries(schema.entries))
    default:
      throw new Error(`There is no JSON Schema for the type ${schema.type}`)
  }
}

const objectOf = (entries: [string, Schema][]): Json => ({
  type: 'object',
  properties: Object.fromEntries(entries.map(([key, value]) => [key, convert(value)])),
  required: entries.filter(([, { type }]) => type !== 'optional').map(([key]) => key),
  additionalProperties: false,
})

/** What a step after the first adds. */
function limitOf({ type, requirement, description }: Schema, of: unknown): Json {
  const isArray = of === 'array'
  switch (type) {
    case 'description':
      return { description }
    case 'regex':
      return { pattern: requirement.source }
    case 'email':
      return { format: 'email' }
    case 'min_length':
      return isArray ? { minItems: requirement } : { minLength: requirement }
    case 'max_length':
      return isArray ? { maxItems: requirement } : { maxLength: requirement }
    case 'min_value':
      return { minimum: requirement }
    case 'max_value':
      return { maximum: requirement }
    case 'safe_integer':
      return { type: 'integer' }
    case 'check':
    case 'raw_check':
      return {}
    default:
      throw new Error(`There is no JSON Schema for the condition ${type}`)
  }
}
