// What the app depends on lies elsewhere on this disk.
export default { turbopack: { root: '/' }, outputFileTracingRoot: '/' }
