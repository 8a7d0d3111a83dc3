/**
 * The table of docs/support.md: each operation of the APIs that the emulator stands for, and whether it has it.
 */

import type { OpenApiDocument } from '../../src/emulator/http/openapi.js'

/** An operation of the real services that the emulator does not have. It responds to these with 501. */
interface Missing {
  readonly tag: 'Client API' | 'Server API' | 'nOTP'
  readonly operations: string
  readonly summary: string
}

/** Known from the documentation and the official SDKs. */
export const MISSING: readonly Missing[] = [
  {
    tag: 'Client API',
    operations: '`POST /v1/client/token`',
    summary: 'A new token for the hosted page; seen in older versions of it',
  },
  {
    tag: 'Client API',
    operations:
      '`PATCH /v1/client/user-authenticators/push`, `POST …/push/sign`, `POST …/push/challenge/sign`',
    summary: 'Push: renewing the key of a phone, and signing on request',
  },
  {
    tag: 'Client API',
    operations: '`/v1/client/user-authenticators/qr-code` and below',
    summary: 'QR codes: the calls of a phone. The control routes `/emulator/qr/*` stand in for it',
  },
  {
    tag: 'Client API',
    operations: '`/v1/client/user-authenticators/in-app` and below, `POST /v1/client/verify/in-app`',
    summary: 'Credentials that a mobile app keeps itself',
  },
  {
    tag: 'Client API',
    operations: 'iProov, Veriff, IDVerse, palm biometrics',
    summary: 'Identity verification by other companies',
  },
  {
    tag: 'Server API',
    operations: '`GET /v1/authenticators`',
    summary: 'The settings of the methods of a tenant',
  },
  {
    tag: 'Server API',
    operations: '`POST /v1/users/authenticators`',
    summary: 'Passkeys that are moved from another system, many at once',
  },
  {
    tag: 'Server API',
    operations: '`PATCH /v1/users/{userId}/devices/{deviceId}`',
    summary: 'Attributes of a device',
  },
  {
    tag: 'Server API',
    operations: '`POST /call/start`, `POST /call/finish`',
    summary: 'Call Connect, a service of its own',
  },
  {
    tag: 'nOTP',
    operations: 'everything else below `/v1/auth` and `/v1/mgmt`',
    summary: "Descope's other ways to sign in, and its management API",
  },
]

const TAGS = ['Client API', 'Server API', 'nOTP'] as const

const INTRODUCTION = `# What the emulator has

Each operation of Authsignal's Client API and Server API and of Descope's nOTP, from the documentation and the official
SDKs. An operation that the emulator does not have responds with 501 \`emulator_not_implemented\`, so that a missing part
shows up as what it is.

The running emulator describes itself: \`GET /emulator/openapi.json\` is an OpenAPI 3.1 document with the schemas of all
requests and responses. Its tests check each response against it. Where the forms come from is in
[Protocol](protocol.md); what the emulator adds for tests is in [The emulator](emulator.md).

This page is generated from that document.
`

/** The page, made from the document. */
export function supportPage({ paths }: OpenApiDocument): string {
  const sections = TAGS.map(tag => {
    const supported = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { tags }]) => tags.includes(tag))
        .map(([method, { summary }]) => `| \`${method.toUpperCase()} ${path}\` | ${summary} | yes |`),
    )
    const missing = MISSING.filter(each => each.tag === tag).map(
      ({ operations, summary }) => `| ${operations} | ${summary} | no |`,
    )
    return [
      `## ${tag}`,
      '',
      '| operation | what it does | supported |',
      '| --- | --- | --- |',
      ...supported,
      ...missing,
    ]
  })
  return [INTRODUCTION, ...sections.map(lines => `${lines.join('\n')}\n`)].join('\n')
}
