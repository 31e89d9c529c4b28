import { Tag } from 'antd'
import { useText } from '../i18n/text'

export function EnabledTag({ enabled }: { readonly enabled: boolean }) {
  const t = useText()
  return <Tag color={enabled ? 'success' : 'default'}>{enabled ? t.users.enabled : t.users.disabled}</Tag>
}
