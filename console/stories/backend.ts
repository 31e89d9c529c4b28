// A service for the gateway to call: it says what it was asked.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Backend {
  readonly url: string
  readonly stop: () => Promise<void>
}

export async function startBackend(): Promise<Backend> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method: request.method, url: request.url, source: request.headers['x-source'], host: request.headers.host, authorization: request.headers.authorization, signature: request.headers['x-ca-proxy-signature'] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
