/**
 * The texts of each screen, and of what several screens have in common.
 *
 * The titles and leads that depend on the method are in `methods.ts`.
 *
 * @module
 */

export const ACTIONS = {
  tryAgain: 'Try again',
  back: 'Back',
  useOther: 'Use another method',
  cancel: 'Cancel',
  notNow: 'Not now',
  close: 'Close',
  goBack: 'Go back',
  proceed: 'Continue',
}

export const LOADING = 'Loading…'

export const CHOOSE = {
  challenge: { title: 'Confirm it’s you', lead: 'Choose one of your methods.' },
  enrol: { title: 'Set up verification', lead: 'Choose how you will confirm it’s you from now on.' },
  add: { title: 'Add a method', lead: 'Choose another way to confirm it’s you.' },
} as const
export const SET_UP_ANOTHER = 'Set up another method'

export const CODE = {
  title: 'Enter the code',
  label: (length: number) => `${length}-digit code`,
  checking: 'Checking…',
  resend: 'Resend code',
  resent: 'New code sent.',
}

export const DELIVERY = {
  sending: 'Sending',
  sent: 'We sent',
  failed: 'We could not send',
  code: 'a code',
  you: 'you',
  change: 'Change',
  email: 'address',
  phoneNumber: 'number',
}

export const RESEND = {
  lead: 'Didn’t get it?',
  sending: 'Sending…',
}

export const CEREMONY_RUNNING = 'Waiting for your device…'

export const APP = {
  picture: 'QR code for your authenticator app',
  key: 'Key',
}

export const COPY = {
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Select it to copy',
}

export const SETTINGS = {
  title: 'Your methods',
  lead: 'Ways to confirm it’s you.',
  empty: 'You have no method yet.',
  add: 'Add a method',
  remove: 'Remove',
  done: 'Done',
  default: 'Default',
  added: (label: string) => `${label} added.`,
  removed: (label: string) => `${label} removed.`,
}

export const REMOVAL = {
  title: (noun: string) => `Remove this ${noun}?`,
  named: 'will be removed from your account.',
  last: 'It is your only method. Next time you will have to set up a new one.',
  other: 'You can then no longer use it to confirm it’s you.',
  remove: 'Remove',
  removing: 'Removing…',
  keep: 'Keep it',
}

export const ENDED = {
  verified: 'Verified',
  cancelled: 'Cancelled',
  close: 'You can close this window.',
  return: 'Taking you back…',
  none: 'You can close this page.',
}
