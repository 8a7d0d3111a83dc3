/**
 * Requests that came over HTTP. Their caller ends a request by closing the connection, to which nothing is sent then.
 * So their signal need not be observed; making one would take longer than most routes.
 */

const requests = new WeakSet<Request>()

export const markOverHttp = (request: Request) => void requests.add(request)

export const isOverHttp = (request: Request) => requests.has(request)
