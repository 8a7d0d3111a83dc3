/** An emulator that plays the faults: each has a tenant of its own, at whose base URL every request meets it. */
import { createEmulator, listen, type Tenant } from 'authsignal-channels/emulator'
import { FAULTS } from './faults.js'

export interface FaultServer {
  /** The base URL at which this fault happens. */
  baseUrl(fault: string): string
  /** How many POSTs a fault has met. */
  requests(fault: string): number
  /** From now on every connection breaks, those that are open too, as when a network goes away. */
  cut(): Promise<void>
  close(): Promise<void>
}

export async function serveFaults(): Promise<FaultServer> {
  const emulator = createEmulator()
  const { port, close } = await listen(emulator, { port: 0, host: '127.0.0.1' })
  const tenants = new Map<string, Tenant>()
  for (const { name, fault } of FAULTS) {
    const tenant = emulator.tenants.create({ url: `http://127.0.0.1:${port}` })
    tenant.faults.add({ path: '/*', fault, method: 'POST' })
    tenant.faults.add({ path: '/*', fault })
    tenants.set(name, tenant)
  }
  return {
    baseUrl: fault => tenants.get(fault)!.config.baseUrl,
    requests: fault => tenants.get(fault)!.faults.list()[0]!.hits,
    cut: close,
    close,
  }
}
