// Where a service is in a stage, and what can be done about it.
import { useNavigate } from '@tanstack/react-router'
import { Alert, Descriptions } from 'antd'
import { useRef } from 'react'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { CopyButton } from '../../ui/copy'
import { DeleteButton } from '../../ui/delete-button'
import { useSearchPatch } from '../../ui/list/use-search'
import { managementLine } from '../../ui/management-line'
import { Section } from '../../ui/section'
import { useTime } from '../../ui/time'
import type { Stage } from '../stages/queries'
import { type Defined, type Definition, type ServiceRow, servicesKey, undefine } from './queries'
import { whereTo } from './target'

interface Props {
  readonly service: ServiceRow
  readonly stage: Stage
  readonly definition: Definition | undefined
  /** How many published APIs use the service there. */
  readonly users: number
}

export function DefinitionView({ service, stage, definition, users }: Props) {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  const words = t.backendServices
  const actions = (
    <>
      {definition && <CopyDefinition service={service} definition={definition} />}
      <Act type="primary" why={readOnly} onClick={() => void navigate(paths.defineBackendService(service.id, stage.id))}>{definition ? words.modify : words.define}</Act>
      {(definition || users > 0) && <Undefine service={service} stage={stage} users={users} />}
    </>
  )
  return (
    <Section title={words.definition(stage.name)} actions={actions}>
      {definition ? <Shown service={service} definition={definition} /> : <Alert type="info" showIcon title={words.undefined(stage.name)} />}
    </Section>
  )
}

function Shown({ service, definition: { target, description, made_at, changed_at } }: { readonly service: ServiceRow; readonly definition: Definition }) {
  const t = useText()
  const time = useTime()
  const words = t.apis.service
  const items = target.kind === 'mock'
    ? [{ label: words.status, children: target.status ?? 200 }, { label: words.body, children: <pre style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{target.body}</pre> }]
    : [
        { label: words.url, children: whereTo(t, target, service.places) },
        ...(target.host ? [{ label: words.host, children: target.host }] : []),
        { label: words.verify, children: target.verify_certificate === false ? t.common.no : t.common.yes },
      ]
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={[...items, { label: t.common.description, children: description }, { label: t.common.created, children: time(made_at) }, { label: t.common.updated, children: time(changed_at) }]}
    />
  )
}

function CopyDefinition({ service, definition: { stage, target, description } }: { readonly service: ServiceRow; readonly definition: Definition }) {
  const t = useText()
  return <CopyButton label={t.common.copyCurl} text={() => managementLine('PUT', `/api/v1/backend-services/${service.id}/definitions/${stage}`, { target, description })} />
}

/** Asks with the number of APIs that go offline; how each of them went is shown then. */
function Undefine({ service, stage, users }: Omit<Props, 'definition'>) {
  const words = useText().backendServices
  const patch = useSearchPatch()
  const made = useRef<Defined>(undefined)
  return (
    <DeleteButton
      label={words.undefine}
      title={words.undefineIn(service.name, stage.name)}
      name={service.name}
      effect={words.undefineEffect(users, stage.name)}
      run={async () => {
        made.current = await undefine(service, stage.id)
      }}
      touches={[servicesKey]}
      then={() => patch({ task: made.current?.task?.id })}
    />
  )
}
