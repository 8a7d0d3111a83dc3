/**
 * Further tenants. Each has an inspector of its own.
 *
 * @module
 */
import { Remaining } from '../../parts/time.js'
import { tenants } from '../../state/emulator.js'

export function Tenants() {
  if (!tenants.value?.length) return null
  return (
    <section aria-labelledby="tenants">
      <h2 id="tenants">Tenants</h2>
      <p class="hint">Each has users, messages, a clock and an inspector of its own.</p>
      <ul class="plain">
        {tenants.value.map(({ tenantId, expiresAt }) => (
          <li key={tenantId}>
            <a href={`/t/${encodeURIComponent(tenantId)}/emulator/`}>{tenantId}</a>{' '}
            <span class="muted">
              deleted <Remaining until={expiresAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
