// What can be done with many APIs at once.
import { Flex } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { Act, useReadOnlyReason } from '../../../ui/act'
import type { Group } from '../../groups/queries'
import type { Api } from '../queries'
import type { BulkKind } from '../tasks'
import { BulkDialog } from './bulk-dialog'

interface Props {
  readonly apis: readonly Api[]
  readonly groups: readonly Group[]
  readonly clear: () => void
}

export function BulkActions({ apis, groups, clear }: Props) {
  const words = useText().apis.bulk
  const readOnly = useReadOnlyReason()
  // The dialog keeps what was selected when it was opened.
  const [doing, setDoing] = useState<{ readonly kind: BulkKind; readonly apis: readonly Api[] }>()
  const dialects = new Set(apis.map(({ group }) => groups.find(({ id }) => id === group)?.dialect))
  const dialect = [...dialects][0]
  const none = readOnly ?? (apis.length === 0 ? words.select : undefined)
  const staged = none ?? (dialects.size > 1 || dialect === undefined ? words.dialects : undefined)
  const begin = (kind: BulkKind) => setDoing({ kind, apis })
  return (
    <Flex gap={8}>
      <Act why={staged} onClick={() => begin('deploy_apis')}>{words.publish}</Act>
      <Act why={staged} onClick={() => begin('take_apis_offline')}>{words.offline}</Act>
      <Act danger why={none} onClick={() => begin('delete_apis')}>{words.delete}</Act>
      {doing && <BulkDialog kind={doing.kind} apis={doing.apis} dialect={dialect ?? 'alibaba'} close={(hasRun) => { setDoing(undefined); if (hasRun) clear() }} />}
    </Flex>
  )
}
