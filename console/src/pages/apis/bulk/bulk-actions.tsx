// What can be done with many APIs at once.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { paths } from '../../../paths'
import { Act, useReadOnlyReason } from '../../../ui/act'
import { CopyMany } from '../../../ui/copy-many'
import type { Group } from '../../groups/queries'
import type { Api } from '../queries'
import type { BulkKind } from '../tasks'
import { BulkDialog } from './bulk-dialog'
import { documentOf } from './documents'

interface Props {
  readonly apis: readonly Api[]
  readonly groups: readonly Group[]
  readonly clear: () => void
}

export function BulkActions({ apis, groups, clear }: Props) {
  const t = useText()
  const words = t.apis.bulk
  const navigate = useNavigate()
  const queries = useQueryClient()
  const readOnly = useReadOnlyReason()
  // The dialog keeps what was selected when it was opened.
  const [doing, setDoing] = useState<{ readonly kind: BulkKind; readonly apis: readonly Api[] }>()
  const dialects = new Set(apis.map(({ group }) => groups.find(({ id }) => id === group)?.dialect))
  const dialect = [...dialects][0]
  const groupsOf = new Set(apis.map(({ group }) => group))
  const none = readOnly ?? (apis.length === 0 ? words.select : undefined)
  const staged = none ?? (dialects.size > 1 || dialect === undefined ? words.dialects : undefined)
  const begin = (kind: BulkKind) => setDoing({ kind, apis })
  return (
    <>
      <Act why={staged} onClick={() => begin('deploy_apis')}>{words.publish}</Act>
      <Act why={staged} onClick={() => begin('take_apis_offline')}>{words.offline}</Act>
      <Act why={none ?? (groupsOf.size > 1 ? words.oneGroup : undefined)} onClick={() => void navigate(paths.newGrants({ group: apis[0]?.group ?? '', apis: apis.map(({ id }) => id).join(',') }))}>{t.grants.create}</Act>
      <CopyMany rows={apis} document={(api) => documentOf(queries, api)} />
      <Act danger why={none} onClick={() => begin('delete_apis')}>{words.delete}</Act>
      {doing && <BulkDialog kind={doing.kind} apis={doing.apis} dialect={dialect ?? 'alibaba'} close={(hasRun) => { setDoing(undefined); if (hasRun) clear() }} />}
    </>
  )
}
