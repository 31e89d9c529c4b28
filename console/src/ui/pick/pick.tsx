// Chooses objects by name: what is typed is asked of the gateway, what was chosen keeps its name.
import { keepPreviousData, type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { Flex, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useText } from '../../i18n/text'
import { FailureView } from '../failure-view'

export interface Choice {
  readonly value: string
  readonly label: string
}

type Find<Key extends QueryKey> = (search: string) => UseQueryOptions<readonly Choice[], Error, readonly Choice[], Key>

interface Common<Key extends QueryKey> {
  readonly id?: string
  /** What it is, where no label of a form says so. */
  readonly label?: string
  /** What is found for a search. */
  readonly find: Find<Key>
  /** Names of what is chosen already. */
  readonly known?: readonly Choice[]
  /** Why nothing can be chosen yet. */
  readonly why?: string | undefined
}

interface One<Key extends QueryKey> extends Common<Key> {
  readonly value?: string | undefined
  readonly onChange?: (value: string | undefined) => void
}

export function Pick<Key extends QueryKey>({ value, onChange, label, ...common }: One<Key>) {
  const choices = useChoices(common, value === undefined ? [] : [value])
  return (
    <Flex vertical gap={8}>
      <Select
        {...choices.select}
        aria-label={label}
        placeholder={label}
        allowClear
        style={{ minWidth: 180 }}
        value={value ?? null}
        onChange={(next: string | null) => {
          choices.remember()
          onChange?.(next ?? undefined)
        }}
      />
      {choices.failure}
    </Flex>
  )
}

interface Many<Key extends QueryKey> extends Common<Key> {
  readonly value?: string[]
  readonly onChange?: (value: string[]) => void
}

export function PickMany<Key extends QueryKey>({ value = [], onChange, label, ...common }: Many<Key>) {
  const choices = useChoices(common, value)
  return (
    <Flex vertical gap={8}>
      <Select
        {...choices.select}
        mode="multiple"
        aria-label={label}
        placeholder={label}
        allowClear
        maxTagCount={20}
        value={value}
        onChange={(next: string[]) => {
          choices.remember()
          onChange?.(next)
        }}
      />
      {choices.failure}
    </Flex>
  )
}

function useChoices<Key extends QueryKey>({ id, find, known = [], why }: Common<Key>, chosen: readonly string[]) {
  const t = useText()
  const [typed, setTyped] = useState('')
  const [seen, setSeen] = useState<readonly Choice[]>([])
  const found = useQuery({ ...find(useDeferredValue(typed)), placeholderData: keepPreviousData, enabled: why === undefined })
  const choices = why === undefined ? (found.data ?? []) : []
  const others = [...seen, ...known].filter(({ value }) => chosen.includes(value) && !choices.some((choice) => choice.value === value))
  const options = [...choices, ...new Map(others.map((choice) => [choice.value, choice])).values()]
  return {
    select: {
      ...(id !== undefined && { id }),
      disabled: why !== undefined,
      options,
      notFoundContent: t.common.nothingFound,
      showSearch: { filterOption: false as const, searchValue: typed, onSearch: setTyped },
    },
    /** What was shown when something was chosen keeps its name when something else is searched. */
    remember: () => setSeen(options),
    failure: found.error && <FailureView error={found.error} retry={() => void found.refetch()} />,
  }
}
