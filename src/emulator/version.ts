/** The version of the package; a test compares it with `package.json`, which the core cannot read. */
export const version = '0.1.0'
