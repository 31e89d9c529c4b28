// The health check in a line.
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { freshHealth } from './health-fields'

export function HealthSummary({ health }: { readonly health: Schemas['HealthCheck'] | undefined }) {
  const t = useText()
  if (!health || health.enabled === false) return t.channels.notAsked
  const { protocol, method, path, interval_s, timeout_s, healthy_after, unhealthy_after, codes } = { ...freshHealth, ...health }
  const asked = protocol === 'tcp' ? 'TCP' : `${protocol.toUpperCase()} ${method} ${path} → ${codes}`
  const numbers = [
    `${t.channels.interval} ${interval_s}`,
    `${t.channels.timeout} ${timeout_s}`,
    `${t.channels.healthyAfter} ${healthy_after}`,
    `${t.channels.unhealthyAfter} ${unhealthy_after}`,
  ]
  return `${asked} · ${numbers.join(' · ')}`
}
