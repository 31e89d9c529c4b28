// Binds a domain to the group, and chooses what one serves.
import { Form, Input, Select } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { LinesInput } from '../../ui/form/lines-input'
import { FormDialog } from '../../ui/form-dialog'
import type { Group } from '../groups/queries'
import type { Stage } from '../stages/queries'
import { bindDomain, type Domain, domainsKey, fixDomain, isWildcard, setPatterns } from './queries'

interface Props {
  readonly stages: readonly Stage[]
  readonly close: () => void
}

interface BindProps extends Props {
  readonly open: boolean
  readonly group: Group
}

export function BindDomain({ open, group, stages, close }: BindProps) {
  const t = useText()
  const [form] = Form.useForm<Schemas['DomainDraft']>()
  const host = Form.useWatch('host', form) ?? ''
  return (
    <FormDialog open={open} title={t.domains.bind} close={close}>
      <EditForm<Schemas['DomainDraft'], unknown>
        form={form}
        draft={`groups/${group.id}/domain`}
        initial={{}}
        save={(draft) => bindDomain(group.id, filled(draft))}
        touches={[domainsKey]}
        done={t.common.saved}
        then={close}
        submit={t.domains.bind}
        cancel={close}
      >
        <Form.Item name="host" label={t.domains.host} extra={`${t.domains.cname(group.subdomain)} ${t.domains.hostHint}`} rules={[{ required: true }]}>
          <Input autoFocus autoComplete="off" placeholder="api.example.com" />
        </Form.Item>
        <StageField stages={stages} />
        {isWildcard(host) && <PatternsField host={host} />}
      </EditForm>
    </FormDialog>
  )
}

interface PatternsProps {
  readonly domain: Domain | undefined
  readonly close: () => void
}

export function NamePatterns({ domain, close }: PatternsProps) {
  const t = useText()
  return (
    <FormDialog open={domain !== undefined} title={t.domains.patternsOf(domain?.host ?? '')} close={close}>
      {domain && (
        <EditForm<Pick<Domain, 'patterns'>, unknown>
          initial={{ patterns: domain.patterns ?? [] }}
          save={({ patterns = [] }) => setPatterns(domain, patterns)}
          touches={[domainsKey]}
          done={t.common.saved}
          then={close}
          submit={t.common.save}
          cancel={close}
        >
          <PatternsField host={domain.host} />
        </EditForm>
      )}
    </FormDialog>
  )
}

function PatternsField({ host }: { readonly host: string }) {
  const t = useText()
  const parent = host.replace(/^\*/, '')
  return (
    <Form.Item name="patterns" label={t.domains.patterns} extra={t.domains.patternsHint}>
      <LinesInput placeholder={`{svc}${parent}\napi-{svc}${parent}`} />
    </Form.Item>
  )
}

interface FixProps extends Props {
  readonly domain: Domain | undefined
}

export function FixDomain({ domain, stages, close }: FixProps) {
  const t = useText()
  return (
    <FormDialog open={domain !== undefined} title={t.domains.fixOne(domain?.host ?? '')} close={close}>
      {domain && (
        <EditForm<Schemas['DomainPatch'], unknown>
          initial={{ stage: domain.stage ?? null }}
          save={({ stage }) => fixDomain(domain, stage ?? null)}
          touches={[domainsKey]}
          done={t.common.saved}
          then={close}
          submit={t.common.save}
          cancel={close}
        >
          <StageField stages={stages} />
        </EditForm>
      )}
    </FormDialog>
  )
}

function StageField({ stages }: Pick<Props, 'stages'>) {
  const t = useText()
  return (
    <Form.Item name="stage" label={t.domains.stage}>
      <Select allowClear placeholder={t.domains.anyStage} options={stages.map(({ id, name }) => ({ value: id, label: name }))} />
    </Form.Item>
  )
}
