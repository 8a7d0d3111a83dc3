/**
 * The error of `@simplewebauthn/browser`, under a name of our own.
 *
 * That package does not say that its modules have no side effects. If index.ts re-exported it, esbuild
 * would keep a part of it in every app; a module of ours that no app imports from is left out whole.
 *
 * @module
 */
import { WebAuthnError as SimpleWebAuthnError, type WebAuthnErrorCode } from '@simplewebauthn/browser'

/**
 * What the browser's passkey and security key dialogs throw. Its codes are those that they throw, which
 * versions 13 and 14 of `@simplewebauthn/browser` both have.
 */
export type WebAuthnError = SimpleWebAuthnError & {
  /** Which error it is, such as `ERROR_CEREMONY_ABORTED`. */
  code: Exclude<WebAuthnErrorCode, 'ERROR_SIGNAL_INVALID_ARGUMENT'>
}

/** The same class as that of `@simplewebauthn/browser`. */
export const WebAuthnError = SimpleWebAuthnError as Omit<typeof SimpleWebAuthnError, 'prototype'> & {
  new (...options: ConstructorParameters<typeof SimpleWebAuthnError>): WebAuthnError
  /** What its instances inherit. */
  readonly prototype: WebAuthnError
}
