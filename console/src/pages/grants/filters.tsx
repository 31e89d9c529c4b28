// By whom, for what and where: each in the URL as it is chosen.
import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Select } from 'antd'
import { useText } from '../../i18n/text'
import { FailureView } from '../../ui/failure-view'
import { useSearchPatch } from '../../ui/list/use-search'
import { Pick } from '../../ui/pick/pick'
import { findApis, findApps, findGroups, stagesQuery } from './find'
import type { GrantRow, GrantSearch } from './queries'

interface Props {
  readonly search: GrantSearch
  /** What is shown, whose names are known. */
  readonly rows: readonly GrantRow[]
}

export function GrantFilters({ search, rows }: Props) {
  const t = useText()
  const patch = useSearchPatch()
  const { data: stages = [], error, refetch } = useQuery(stagesQuery())
  const known = (noun: 'app' | 'api' | 'group') => {
    const row = rows.find((row) => row[noun] === search[noun])
    return row ? [{ value: row[noun], label: row.named[noun] }] : []
  }
  const { app, api, group, stage } = search
  const filtered = [app, api, group, stage].some((value) => value !== undefined)
  return (
    <Flex gap={8} wrap role="search">
      <Pick label={t.grants.app} known={known('app')} value={app} onChange={(next) => patch({ app: next })} find={findApps} />
      <Pick label={t.grants.group} known={known('group')} value={group} onChange={(next) => patch({ group: next, api: undefined })} find={findGroups} />
      <Pick label={t.grants.api} known={known('api')} value={api} onChange={(next) => patch({ api: next })} find={(typed) => findApis(typed, group)} />
      <Select
        aria-label={t.grants.stage}
        placeholder={t.grants.stage}
        allowClear
        style={{ minWidth: 180 }}
        value={stage ?? null}
        onChange={(next) => patch({ stage: next ?? undefined })}
        options={stages.map(({ id, name, dialect }) => ({ value: id, label: `${name} (${t.terms[dialect].dialect})` }))}
      />
      {error && <FailureView error={error} retry={() => void refetch()} />}
      {filtered && <Button type="link" onClick={() => patch({ app: undefined, api: undefined, group: undefined, stage: undefined })}>{t.common.clearFilters}</Button>}
    </Flex>
  )
}
