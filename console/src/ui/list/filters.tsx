// What narrows a list: a text and some choices, each in the URL as it is made.
import { Button, Flex, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '../../i18n/text'
import { type Patch, useSearchPatch } from './use-search'

export interface Filter {
  /** Its name in the URL. */
  readonly key: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

interface Props {
  readonly filters: readonly Filter[]
  readonly searchable?: string | undefined
  readonly search: Patch
}

export function Filters({ filters, searchable, search }: Props) {
  const t = useText()
  const patch = useSearchPatch()
  const clear = Object.fromEntries(['search', ...filters.map(({ key }) => key)].map((key) => [key, undefined]))
  return (
    <Flex gap={8} wrap role="search">
      {searchable && <SearchBox label={searchable} value={String(search['search'] ?? '')} change={(text) => patch({ search: text || undefined })} />}
      {filters.map(({ key, label, options }) => (
        <Select<string>
          key={key}
          aria-label={label}
          placeholder={label}
          allowClear
          style={{ minWidth: 160 }}
          options={[...options]}
          value={(search[key] as string | undefined) ?? null}
          onChange={(value) => patch({ [key]: value ?? undefined })}
          showSearch={{ optionFilterProp: 'label' }}
        />
      ))}
      {isFiltered(search, filters) && (
        <Button type="link" onClick={() => patch(clear)}>
          {t.common.clearFilters}
        </Button>
      )}
    </Flex>
  )
}

export function isFiltered(search: Patch, filters: readonly Filter[]): boolean {
  return search['search'] !== undefined || filters.some(({ key }) => search[key] !== undefined)
}

interface BoxProps {
  readonly label: string
  readonly value: string
  readonly change: (text: string) => void
}

/** How long nobody types before the list is asked for. */
const PAUSE_MS = 250

/** A text that narrows a list once nobody types any more. */
export function SearchBox({ label, value, change }: BoxProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => change(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  })
  return (
    <Input.Search aria-label={label} placeholder={label} allowClear style={{ width: 260 }} value={typed} onChange={(event) => setTyped(event.target.value)} onSearch={change} />
  )
}
