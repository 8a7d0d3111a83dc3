/**
 * Checks responses against what the operation of their route declares.
 */

import * as v from 'valibot'
import { expect } from 'vitest'
import { errorStatuses, operationRoutes } from '../../../src/emulator/http/openapi.js'
import { resolveOptions } from '../../../src/emulator/options.js'
import { createRoutes } from '../../../src/emulator/routes/index.js'
import { createService } from '../../../src/emulator/service.js'

const declared = operationRoutes(createRoutes(createService(resolveOptions({})))).map(route => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`),
}))

/** Paths are matched in the order of the routes, as the emulator does. */
export const operationAt = (method: string, path: string) =>
  declared.find(route => route.method === method.toLowerCase() && route.pattern.test(path))

/** Fails when the response is not one that the operation declares. */
export function expectDeclared(method: string, path: string, status: number, body: unknown) {
  const route = operationAt(method, path.replace(/\?.*$/, '').replace(/\/{2,}/g, '/'))
  if (route === undefined) return
  const { operation, security } = route
  if (status !== 200) {
    expect([operation.id, ...errorStatuses(operation, security)]).toContain(status)
    return
  }
  const problems = v.safeParse(operation.response, body).issues ?? []
  expect(problems.map(issue => `${operation.id}: ${v.getDotPath(issue)} ${issue.message}`)).toEqual([])
}
