// Plain: what is drawn here is loaded with the first page, whichever it is.
import { Empty, Flex } from 'antd'
import { Link } from '@tanstack/react-router'
import { useText } from '../i18n/text'
import { paths } from '../paths'

export function NotFound() {
  const t = useText()
  return (
    <Flex vertical align="center" gap={16} style={{ padding: 64 }}>
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.shell.notFound} />
      <Link {...paths.home()}>{t.shell.home}</Link>
    </Flex>
  )
}
