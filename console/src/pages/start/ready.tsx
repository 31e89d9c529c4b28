// The call to make, and what is seen of it.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Flex, Skeleton, Typography, theme } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { CopyButton } from '../../ui/copy'
import { FailureView } from '../../ui/failure-view'
import { useSearchPatch } from '../../ui/list/use-search'
import { curlOf } from '../apis/call'
import { callAddressQuery } from '../apis/around'
import { apiQuery } from '../apis/queries'
import { groupQuery } from '../groups/queries'
import { Arrivals } from './arrivals'

export function Ready({ id }: { readonly id: string }) {
  const t = useText()
  const { token } = theme.useToken()
  const patch = useSearchPatch()
  const api = useQuery(apiQuery(id))
  const group = useQuery({ ...groupQuery(api.data?.group ?? ''), enabled: api.data !== undefined })
  const address = useQuery(callAddressQuery)
  const failed = [api, group, address].find(({ error }) => error !== null)
  if (failed) return <FailureView error={failed.error} retry={() => void failed.refetch()} />
  if (!api.data || !group.data || !address.data) return <Skeleton active />
  const line = curlOf(api.data.definition, group.data, address.data, 'RELEASE')
  return (
    <Flex vertical gap={16} style={{ maxWidth: 900 }}>
      <Alert type="success" showIcon title={t.start.ready} />
      <Flex gap={8} align="start">
        <pre data-testid="curl" tabIndex={0} style={{ flex: 1, margin: 0, padding: 12, overflow: 'auto', background: token.colorFillQuaternary, borderRadius: 4 }}>{line}</pre>
        <CopyButton type="primary" label={t.common.copy} text={() => line} />
      </Flex>
      <Arrivals api={id} />
      <Flex gap={16} align="center">
        <Button onClick={() => patch({ api: undefined })}>{t.start.again}</Button>
        <Typography.Text><Link {...paths.api(id)}>{t.start.overview}</Link></Typography.Text>
      </Flex>
    </Flex>
  )
}
