// The app's dependencies are in another folder of this disk.
export default { turbopack: { root: '/' }, outputFileTracingRoot: '/' }
