// A list without rows says why: nothing is there yet, or the filters leave nothing. A failed read never comes here.
import { Empty } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import { type Filter, isFiltered } from './filters'
import type { Patch } from './use-search'

interface Props {
  readonly search: Patch
  readonly filters: readonly Filter[]
  readonly children: ReactNode
}

export function ListEmpty({ search, filters, children }: Props) {
  const t = useText()
  const description = isFiltered(search, filters) ? t.common.emptyFiltered : children
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={description} />
}
