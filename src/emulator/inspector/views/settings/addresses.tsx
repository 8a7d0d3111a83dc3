/**
 * The settings that an app needs to use this emulator.
 *
 * @module
 */
import { Facts, Id } from '../../parts/facts.js'
import { health } from '../../state/emulator.js'

export function Addresses() {
  const { tenantId, projectId, version } = health.value ?? {}
  const { origin } = location
  const prefix = location.pathname.replace(/\/(emulator\/?)?$/, '')
  return (
    <section aria-labelledby="addresses">
      <h2 id="addresses">Settings of your app</h2>
      <Facts
        facts={[
          ['Base URL', <Id key="base" id={`${origin}${prefix}/v1`} what="the base URL" />],
          ['Tenant ID', tenantId && <Id key="tenant" id={tenantId} what="the tenant ID" />],
          ['nOTP project ID', projectId && <Id key="project" id={projectId} what="the project ID" />],
          ['Version', version],
        ]}
      />
      <p class="hint">The secret key of the backend was printed when the emulator was started.</p>
    </section>
  )
}
