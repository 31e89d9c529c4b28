// Where an API serves, or served.
import { Badge, Flex, Table, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { Act, useReadOnlyReason } from '../../../ui/act'
import { CopyButton } from '../../../ui/copy'
import { useTime } from '../../../ui/time'
import { curlOf } from '../call'
import type { AboutApi } from '../use-api'
import { OfflineButton } from './offline-button'

export function Deployments({ about }: { readonly about: AboutApi }) {
  const t = useText()
  const time = useTime()
  const readOnly = useReadOnlyReason()
  const words = t.apis.overview
  const { api, group, deployments, address, stageName } = about
  const terms = t.terms[group.dialect]
  return (
    <section aria-label={words.deployments}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>{words.deployments}</Typography.Title>
      <Table
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={deployments}
        locale={{ emptyText: <Typography.Text type="secondary">{words.notDeployed}</Typography.Text> }}
        columns={[
          { title: terms.stage, render: (_, { stage }) => stageName(stage) },
          { title: t.common.status, render: (_, { online }) => <Badge status={online ? 'success' : 'default'} text={online ? words.online : words.offline} /> },
          { title: words.since, render: (_, { since }) => time(since) },
          {
            title: t.common.actions,
            width: 1,
            render: (_, { stage, online }) => (
              <Flex gap={8}>
                <CopyButton size="small" label={t.common.copyCurl} why={online ? undefined : words.curlSleeps} text={() => curlOf(api.definition, group, address, stageName(stage))} />
                {online ? <OfflineButton api={api} stage={stage} name={stageName(stage)} /> : <Act size="small" why={readOnly ?? words.offline}>{t.apis.publish.offline}</Act>}
              </Flex>
            ),
          },
        ]}
      />
    </section>
  )
}
