// Who, what, to what and when: each in the URL as it is typed.
import { Button, Flex } from 'antd'
import { useText } from '../../i18n/text'
import { TimeInput } from '../../ui/form/time-input'
import { SearchBox } from '../../ui/list/filters'
import { useSearchPatch } from '../../ui/list/use-search'
import { type AuditSearch, isFiltered } from './queries'

export function AuditFilters({ search }: { readonly search: AuditSearch }) {
  const t = useText()
  const patch = useSearchPatch()
  const box = (key: 'actor' | 'action' | 'resource', label: string) => (
    <SearchBox label={label} value={search[key] ?? ''} change={(typed) => patch({ [key]: typed.trim() || undefined })} />
  )
  const clear = { actor: undefined, action: undefined, resource: undefined, since: undefined, until: undefined }
  return (
    <Flex gap={8} wrap role="search" align="center">
      {box('actor', t.audit.actor)}
      {box('action', t.audit.actionHint)}
      {box('resource', t.audit.resourceHint)}
      <Flex gap={8} align="center">
        <span>{t.audit.since}</span>
        <TimeInput label={t.audit.since} value={search.since} onChange={(since) => patch({ since: since ?? undefined })} />
      </Flex>
      <Flex gap={8} align="center">
        <span>{t.audit.until}</span>
        <TimeInput label={t.audit.until} value={search.until} onChange={(until) => patch({ until: until ?? undefined })} />
      </Flex>
      {isFiltered(search) && <Button type="link" onClick={() => patch(clear)}>{t.common.clearFilters}</Button>}
    </Flex>
  )
}
