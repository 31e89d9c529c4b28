// Objects that the gateway has and cannot read, told above the table that they are missing from.
import { Alert } from 'antd'
import { isUnreadable, type Page } from '../../api/page'
import { useText } from '../../i18n/text'

export function Unreadables<Row>({ page }: { readonly page: Page<Row> }) {
  const t = useText()
  const broken = page.items.filter((item) => isUnreadable(item as object))
  if (broken.length === 0) return null
  const reasons = broken.map((item) => {
    const { unreadable, reason } = item as { unreadable?: string | null; reason: string }
    return <li key={`${unreadable}${reason}`}>{unreadable}: {reason}</li>
  })
  return <Alert type="warning" showIcon title={t.common.unreadable(broken.length)} description={<ul>{reasons}</ul>} />
}
