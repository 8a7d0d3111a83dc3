/** TypeScript cannot read Vue files. In an app of your own, use vue-tsc instead of this file. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent
  export default component
}
