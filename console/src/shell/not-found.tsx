import { Link } from '@tanstack/react-router'
import { Result } from 'antd'
import { useText } from '../i18n/text'
import { paths } from '../paths'

export function NotFound() {
  const t = useText()
  return <Result status="info" title={t.shell.notFound} extra={<Link {...paths.home()}>{t.shell.home}</Link>} />
}
