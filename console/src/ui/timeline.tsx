// What the gateway decided about a call, in order, with the time of each step since the call arrived.
import { Timeline as Line, Typography } from 'antd'
import type { Schemas } from '../api/client'
import { useText } from '../i18n/text'

export function Timeline({ decisions }: { readonly decisions: readonly Schemas['DebugDecision'][] }) {
  const words = useText().apis.debug
  if (decisions.length === 0) return <Typography.Text type="secondary">{words.nothing}</Typography.Text>
  const items = decisions.map(({ stage, what, at_us }) => ({
    content: (
      <>
        <Typography.Text strong>{stage}</Typography.Text> <Typography.Text type="secondary">{`${(at_us / 1000).toFixed(3)} ms`}</Typography.Text>
        <div style={{ overflowWrap: 'anywhere' }}>{what}</div>
      </>
    ),
  }))
  return <Line items={items} />
}
