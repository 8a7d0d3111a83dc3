/**
 * Names and addresses that mean this machine.
 */

/** Whether a host name, as `URL` writes it, can only be this machine. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(hostname)
