/** TypeScript reads no Vue files by itself; vue-tsc does, in an app of your own. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent
  export default component
}
