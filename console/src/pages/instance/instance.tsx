import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Descriptions, Typography } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { SmallTable } from '../../ui/list/small-table'
import { Page } from '../../ui/page'
import { Section } from '../../ui/section'
import { State } from '../../ui/state'
import { AccessListsInForce } from '../access-lists/of-instance'
import { type GatewayNode, nodesQuery, statusQuery } from '../nodes/queries'
import { AuthoritySection } from './authority'

export function Instance() {
  const t = useText()
  const navigate = useNavigate()
  const { data: status } = useSuspenseQuery(statusQuery)
  return (
    <Page title={t.instance.title} actions={<><Act onClick={() => void navigate(paths.quotas())}>{t.instance.everyLimit}</Act><CopyCurl path="/api/v1/status" /></>}>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { label: t.common.status, children: <State tone={status.ready ? 'success' : 'error'}>{status.ready ? t.instance.ready : status.not_ready_because.join('; ')}</State> },
          { label: t.nodes.version, children: status.version },
          { label: t.instance.region, children: status.region },
          { label: t.instance.baseDomain, children: <Typography.Text copyable={{ text: status.base_domain, tooltips: false }}>{`*.${status.base_domain}`}</Typography.Text> },
          { label: t.instance.limits, children: t.instance.profiles[status.limits] },
        ]}
      />
      <Addresses />
      <AccessListsInForce />
      <AuthoritySection />
    </Page>
  )
}

function Addresses() {
  const t = useText()
  const navigate = useNavigate()
  const { data: page } = useSuspenseQuery(nodesQuery)
  const live = readable<GatewayNode>(page).filter((node) => node.live)
  return (
    <Section title={t.instance.addresses} actions={<Act onClick={() => void navigate(paths.nodes())}>{t.instance.everyNode}</Act>}>
      <SmallTable<GatewayNode>
        page={{ items: live, next: null }}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: t.instance.node, dataIndex: 'name' },
          { key: 'http', title: t.nodes.http, render: (_, { http }) => <Typography.Text code copyable={{ tooltips: false }}>{http}</Typography.Text> },
          { key: 'management', title: t.nodes.management, render: (_, { management }) => <Typography.Text code copyable={{ tooltips: false }}>{management}</Typography.Text> },
        ]}
        empty={t.nodes.empty}
      />
    </Section>
  )
}
