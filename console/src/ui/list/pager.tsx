// Pages of a list that does not count: on, and back to the start. The browser's own way back leads to the page before.
import { Flex } from 'antd'
import { useText } from '../../i18n/text'
import { Act } from '../act'
import type { CursorSearch } from './search'
import { useSearchPatch } from './use-search'

interface Props {
  readonly next: string | null
  readonly search: CursorSearch
}

export function CursorPager({ next, search }: Props) {
  const t = useText()
  const patch = useSearchPatch()
  if (next === null && search.cursor === undefined) return null
  return (
    <Flex gap={8} justify="end">
      <Act why={search.cursor === undefined ? t.common.isFirstPage : undefined} onClick={() => patch({ cursor: undefined })}>{t.common.firstPage}</Act>
      <Act why={next === null ? t.common.isLastPage : undefined} onClick={() => patch({ cursor: next ?? undefined })}>{t.common.nextPage}</Act>
    </Flex>
  )
}
