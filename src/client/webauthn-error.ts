/**
 * The error of `@simplewebauthn/browser`, under a name of our own.
 *
 * That package does not say that its modules have no side effects. If index.ts re-exported it, esbuild
 * would keep a part of it in every app; a module of ours that nobody imports from is dropped whole.
 *
 * @module
 */
import { WebAuthnError as SimpleWebAuthnError } from '@simplewebauthn/browser'

/** What the browser's passkey and security key dialogs throw; the same class as that of `@simplewebauthn/browser`. */
export const WebAuthnError = SimpleWebAuthnError
export type WebAuthnError = SimpleWebAuthnError
