import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Alert, Flex, Typography } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { CopyCurl } from '../../ui/copy-curl'
import { FailureView } from '../../ui/failure-view'
import { List } from '../../ui/list/list'
import { Page } from '../../ui/page'
import { useTime } from '../../ui/time'
import { State } from '../../ui/state'
import { word } from '../../ui/word'
import { type GatewayNode, livenesses, nodesQuery, statusQuery } from './queries'

const route = getRouteApi('/known/nodes')

export function NodeList() {
  const t = useText()
  const time = useTime()
  const search = route.useSearch()
  const { data: all } = useSuspenseQuery(nodesQuery)
  const { data: status } = useSuspenseQuery(statusQuery)
  const nodes = readable<GatewayNode>(all)
  const wanted = search.search?.toLowerCase() ?? ''
  const rows = nodes.filter(({ name, live }) => name.toLowerCase().includes(wanted) && (search.live === undefined || live === (search.live === 'live')))
  return (
    <Page title={t.nodes.title} actions={<CopyCurl path="/api/v1/nodes" />}>
      <Stale />
      {status.set_aside.length > 0 && (
        <Alert type="warning" showIcon title={t.nodes.setAside} description={<ul>{status.set_aside.map(({ key, reason }) => <li key={key}>{key}: {reason}</li>)}</ul>} />
      )}
      <Flex gap={24} wrap>
        <span>{t.nodes.liveOf(nodes.filter(({ live }) => live).length, nodes.length)}</span>
        <span>{t.nodes.committed(status.committed_revision)}</span>
        <span>{t.nodes.version}: {status.version}</span>
      </Flex>
      <List<GatewayNode>
        label={t.nodes.title}
        page={{ items: rows, next: null, total: rows.length }}
        search={search as typeof search & Record<string, unknown>}
        searchable={t.common.search}
        filters={[{ key: 'live', label: t.common.status, options: livenesses.map((value) => ({ value, label: t.nodes[value] })) }]}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: t.common.name, dataIndex: 'name' },
          { key: 'live', title: t.common.status, render: (_, node) => <Life node={node} /> },
          { key: 'revision', title: t.nodes.revision, render: (_, node) => <ServedRevision node={node} committed={status.committed_revision} /> },
          { key: 'heard', title: t.nodes.heard, render: (_, { silent_ms }) => t.nodes.ago(Math.round(silent_ms / 1000)) },
          { key: 'http', title: t.nodes.http, render: (_, { http }) => <Typography.Text code>{http}</Typography.Text> },
          { key: 'management', title: t.nodes.management, render: (_, { management }) => <Typography.Text code>{management}</Typography.Text> },
          { key: 'version', title: t.nodes.version, dataIndex: 'version' },
          { key: 'started', title: t.nodes.started, render: (_, { started_at }) => time(started_at) },
          { key: 'id', title: t.common.id, render: (_, { id }) => <Typography.Text copyable={{ text: id, tooltips: false }}>{id.slice(0, 8)}…</Typography.Text> },
        ]}
        empty={t.nodes.empty}
      />
    </Page>
  )
}

/** What is shown is of before when reading it again failed. */
function Stale() {
  const nodes = useQuery(nodesQuery)
  const status = useQuery(statusQuery)
  const error = nodes.error ?? status.error
  if (error === null) return null
  return <FailureView error={error} retry={() => void Promise.all([nodes.refetch(), status.refetch()])} />
}

function Life({ node: { live, state } }: { readonly node: GatewayNode }) {
  const t = useText()
  return <State tone={live ? 'success' : 'error'}>{live ? t.nodes.live : t.nodes.silent} · {word(t.nodes.states, state)}</State>
}

interface RevisionProps {
  readonly node: GatewayNode
  readonly committed: number
}

function ServedRevision({ node, committed }: RevisionProps) {
  const t = useText()
  const behind = committed - node.served_revision
  return <Flex gap={8}>{node.served_revision} <State tone={behind > 0 ? 'warning' : 'success'}>{behind > 0 ? t.nodes.behind(behind) : t.nodes.current}</State></Flex>
}
