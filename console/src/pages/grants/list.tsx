import { PlusOutlined } from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Flex, Typography } from 'antd'
import { readable } from '../../api/page'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyCurl } from '../../ui/copy-curl'
import { CopyMany } from '../../ui/copy-many'
import { useActionsColumn, useCreatedColumn } from '../../ui/list/columns'
import { List } from '../../ui/list/list'
import { present } from '../../ui/list/search'
import { Page } from '../../ui/page'
import { State } from '../../ui/state'
import { useTime } from '../../ui/time'
import { grantDocument } from './document'
import { Extend } from './extend'
import { GrantFilters } from './filters'
import { type GrantRow, grantsQuery } from './queries'
import { Revoke } from './revoke'

const route = getRouteApi('/known/grants')

export function GrantList() {
  const t = useText()
  const search = route.useSearch()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const { data: page } = useSuspenseQuery(grantsQuery(search))
  const created = useCreatedColumn<GrantRow>(search)
  const actions = useActionsColumn<GrantRow>((grant) => (
    <Flex gap={8}>
      <Extend grant={grant} />
      <Revoke size="small" grants={[grant]} />
    </Flex>
  ))
  const { app, api, group, stage } = search
  const isFiltered = [app, api, group, stage].some((value) => value !== undefined)
  const chosen = present({ apps: app, apis: api, group })
  return (
    <Page title={t.grants.title} actions={<><CopyCurl path="/api/v1/grants" query={{ app, api, group, stage }} /><Act type="primary" icon={<PlusOutlined />} why={readOnly} onClick={() => void navigate(paths.newGrants(chosen))}>{t.grants.create}</Act></>}>
      <GrantFilters search={search} rows={readable<GrantRow>(page)} />
      <List<GrantRow>
        label={t.grants.title}
        page={page}
        search={search as typeof search & Record<string, unknown>}
        rowKey={({ id }) => id}
        columns={[
          { key: 'app', title: t.grants.app, render: (_, { app, named }) => <Link {...paths.app(app)}>{named.app}</Link> },
          { key: 'group', title: t.grants.group, render: (_, { group, named }) => <Link {...paths.group(group)}>{named.group}</Link> },
          { key: 'api', title: t.grants.api, render: (_, { named }) => named.api },
          { key: 'stage', title: t.grants.stage, render: (_, { named }) => named.stage },
          { key: 'until', title: t.grants.until, render: (_, { until }) => <Until until={until} /> },
          { key: 'remark', title: t.grants.remark, dataIndex: 'remark', ellipsis: true },
          created,
          actions,
        ]}
        bulk={(rows, clear) => (
          <>
            <CopyMany rows={rows} document={grantDocument} />
            <Revoke grants={rows} then={clear} />
          </>
        )}
        empty={isFiltered ? t.common.emptyFiltered : t.grants.empty}
      />
    </Page>
  )
}

function Until({ until }: { readonly until: number | null | undefined }) {
  const t = useText()
  const time = useTime()
  if (until === undefined || until === null) return <Typography.Text type="secondary">{t.grants.forever}</Typography.Text>
  return <Flex gap={8}>{time(until)} {until <= Date.now() && <State tone="warning">{t.grants.ended}</State>}</Flex>
}
