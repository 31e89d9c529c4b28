// What there is to say of an object: its id, what its page says, and when it was made and changed.
import { Descriptions, type DescriptionsProps, Typography } from 'antd'
import { useText } from '../i18n/text'
import { useTime } from './time'

interface Props {
  readonly id: string
  readonly items: NonNullable<DescriptionsProps['items']>
  /** The object, where its page says since when it is there. */
  readonly since?: { readonly created_at: number; readonly updated_at: number }
}

export function Facts({ id, items, since }: Props) {
  const t = useText()
  const time = useTime()
  const times = since === undefined ? [] : [
    { label: t.common.created, children: time(since.created_at) },
    { label: t.common.updated, children: time(since.updated_at) },
  ]
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={[{ label: t.common.id, children: <Typography.Text copyable={{ tooltips: false }}>{id}</Typography.Text> }, ...items, ...times]}
    />
  )
}
