/**
 * The English texts that every challenge has.
 *
 * @module
 */

export const COMMON = {
  tryAgain: 'Try again',
  back: 'Back',
  useOther: 'Use another method',
  cancel: 'Cancel',
  notNow: 'Not now',
  close: 'Close',
  goBack: 'Go back',
  continue: 'Continue',
  loading: 'Loading…',
  stillLoading: 'This takes longer than usual. Please wait.',
  // A code is entered.
  'code.title': 'Enter the code',
  'code.label': { one: '{count}-digit code', other: '{count}-digit code' },
  'code.incomplete': {
    one: 'Enter the {count} digit of the code.',
    other: 'Enter the {count} digits of the code.',
  },
  'code.sending': 'Sending a code…',
  'code.sendingTo': 'Sending a code to {contact}…',
  'code.sent': 'We sent you a code.',
  'code.failed': 'We could not send you a code.',
  'code.failedTo': 'We could not send a code to {contact}.',
  'code.checking': 'Checking…',
  'code.resend': 'Resend code',
  'code.resendIn': 'Resend code in {clock}',
  'code.lockedFor': 'Try again in {clock}',
  'code.resent': 'New code sent.',
  'code.wrong': 'That code is wrong or has expired. Check the latest one we sent.',
  'code.locked': 'Too many wrong codes. Try again {wait}.',
  'code.lockedUseOther': 'Too many wrong codes. Try again {wait}, or use another method.',
  'code.tooMany': 'Too many codes were sent. You can request a new one {wait}. The last one may still work.',
  'resend.lead': 'Didn’t get it?',
  sending: 'Sending…',
  // The end.
  'ended.verified': 'Verified',
  'ended.cancelled': 'Cancelled',
  'ended.close': 'You can close this window.',
  'ended.return': 'Taking you back…',
  'ended.none': 'You can close this page.',
  // The challenge cannot start or cannot continue.
  'notice.incomplete.title': 'This link is incomplete',
  'notice.incomplete.lead': 'Part of the address is missing. Go back to the app and start again.',
  'notice.invalid.title': 'This link does not work',
  'notice.invalid.lead': 'It may have been cut off when it was copied. Go back to the app and start again.',
  'notice.expired.title': 'Your session expired',
  'notice.expired.lead': 'Sessions are short to keep your account safe. Go back to the app and start again.',
  'notice.blocked.title': 'This request was declined',
  'notice.blocked.lead':
    'It cannot continue. If you think this is a mistake, contact the support of the app you came from.',
  'notice.inReview.title': 'This request is in review',
  'notice.inReview.lead':
    'You do not need to do anything now. The app you came from will tell you the result.',
  'notice.rejected.title': 'You rejected this request',
  'notice.rejected.lead':
    'It cannot continue. If you did not start it, contact the support of the app you came from.',
  'notice.noMethod.title': 'We cannot verify you yet',
  'notice.noMethod.lead':
    'Your account has no method that works here. Contact the support of the app you came from.',
  'notice.offline.title': 'No connection',
  'notice.offline.lead': 'Check your network, then try again.',
  'notice.failed.title': 'This page could not be loaded',
  // A call failed: by `errorCode`.
  'error.network_error': 'No connection. Check your network, then try again.',
  'error.timeout': 'No response in time. Check your network, then try again.',
  'error.too_many_requests': 'Too many attempts. Try again {wait}.',
  'error.forbidden': 'This session does not allow that. Go back to the app and start again.',
  'error.not_found': 'This is no longer available. Go back to the app and start again.',
  'error.server_error': 'The service is not available right now. Try again {wait}.',
  'error.anyOther': 'Something went wrong. Try again in a moment.',
} as const
