// The values of the gateway's own that a backend parameter can have, by dialect (the model's `SystemValue`).
import type { Dialect } from '../../groups/queries'

export const systemParameters: Readonly<Record<Dialect, readonly string[]>> = {
  alibaba: [
    'CaClientIp', 'CaDomain', 'CaRequestHandleTime', 'CaAppId', 'CaAppKey', 'CaRequestId', 'CaApiName', 'CaApiId', 'CaHttpSchema', 'CaProxy',
    'CaClientUa', 'CaStage',
  ],
  huawei: [
    '$context.sourceIp', '$context.stage', '$context.apiId', '$context.appId', '$context.requestId', '$context.serverAddr', '$context.serverName',
    '$context.handleTime', '$context.apiName', '$context.appName',
  ],
}
