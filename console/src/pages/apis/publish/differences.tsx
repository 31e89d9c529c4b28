// Where two definitions differ, place by place.
import { Table, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import type { Difference } from '../deployments'

interface Props {
  readonly differences: readonly Difference[]
  /** What the two sides are called. */
  readonly was: string
  readonly will: string
}

export function Differences({ differences, was, will }: Props) {
  const words = useText().apis.publish
  return (
    <Table
      size="small"
      pagination={false}
      scroll={{ y: 320 }}
      rowKey="pointer"
      dataSource={[...differences]}
      columns={[
        { title: words.where, width: '34%', render: (_, { pointer }) => <Typography.Text code>{pointer || '/'}</Typography.Text> },
        { title: was, render: (_, { before }) => <Side value={before} sign="−" /> },
        { title: will, render: (_, { after }) => <Side value={after} sign="+" /> },
      ]}
    />
  )
}

function Side({ value, sign }: { readonly value: unknown; readonly sign: string }) {
  if (value === undefined) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return <Typography.Text {...(sign === '−' && { type: 'danger' as const })} style={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>{`${sign} ${text}`}</Typography.Text>
}
