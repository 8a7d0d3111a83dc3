/** How long to wait for what a page or a service is about to do, in ms. Long, as the machine may be busy; no test waits for all of it. */
export const PATIENCE = 10_000
