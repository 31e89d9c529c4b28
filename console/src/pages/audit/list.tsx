import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { CopyButton } from '../../ui/copy'
import { CopyCurl } from '../../ui/copy-curl'
import { List } from '../../ui/list/list'
import { useSearchPatch } from '../../ui/list/use-search'
import { Page } from '../../ui/page'
import { useTime } from '../../ui/time'
import { State, type Tone } from '../../ui/state'
import { word } from '../../ui/word'
import { AuditFilters } from './filters'
import { type AuditRow, auditQuery, isFiltered } from './queries'

const route = getRouteApi('/known/audit')

const tones: Readonly<Record<string, Tone>> = { done: 'success', denied: 'warning', failed: 'error' }

export function AuditList() {
  const t = useText()
  const time = useTime()
  const search = route.useSearch()
  const { data: page } = useSuspenseQuery(auditQuery(search))
  return (
    <Page title={t.audit.title} actions={<CopyCurl path="/api/v1/audit" query={{ ...search }} />}>
      <AuditFilters search={search} />
      <List<AuditRow>
        label={t.audit.title}
        page={page}
        paging="cursor"
        search={search as typeof search & Record<string, unknown>}
        rowKey={({ number }) => String(number)}
        columns={[
          { key: 'at', title: t.audit.at, render: (_, { at }) => time(at) },
          { key: 'actor', title: t.audit.actor, render: (_, { actor }) => <Only field="actor" value={actor} /> },
          { key: 'action', title: t.audit.action, render: (_, { action }) => <Only field="action" value={action} /> },
          { key: 'resource', title: t.audit.resource, render: (_, { resource }) => <Only field="resource" value={resource} /> },
          { key: 'outcome', title: t.audit.outcome, render: (_, { outcome }) => <State tone={tones[outcome] ?? 'default'}>{word(t.audit.outcomes, outcome)}</State> },
          { key: 'revision', title: t.audit.revision, align: 'right', render: (_, { revision }) => revision },
        ]}
        expandable={{
          expandedRowRender: (row) => <Detail row={row} />,
          expandIcon: ({ expanded, onExpand, record }) => (
            <Button type="text" size="small" aria-expanded={expanded} aria-label={expanded ? t.audit.hide : t.audit.show} onClick={(event) => onExpand(record, event)}>
              {expanded ? '−' : '+'}
            </Button>
          ),
        }}
        empty={isFiltered(search) ? t.common.emptyFiltered : t.audit.empty}
      />
    </Page>
  )
}

interface OnlyProps {
  readonly field: 'actor' | 'action' | 'resource'
  readonly value: string
}

/** A value that narrows the list to itself. */
function Only({ field, value }: OnlyProps) {
  const patch = useSearchPatch()
  return <Button type="link" size="small" style={{ padding: 0, maxWidth: 420 }} onClick={() => patch({ [field]: value })}>{shortened(value)}</Button>
}

/** Ids are long; their beginnings tell them apart. */
function shortened(text: string): string {
  return text.replaceAll(/([0-9a-f]{8})[0-9a-f]{24}/g, '$1…')
}

function Detail({ row }: { readonly row: AuditRow }) {
  const t = useText()
  const json = JSON.stringify(row, undefined, 2)
  return (
    <>
      <CopyButton size="small" label={t.common.copy} text={() => json} />
      <Typography.Paragraph>
        <pre tabIndex={0} aria-label={t.audit.detail} style={{ maxHeight: 320, overflow: 'auto' }}>{json}</pre>
      </Typography.Paragraph>
    </>
  )
}
