// An API in four steps, new or changed. All steps are there all the time, so that every complaint finds its field.
import { Button, Form, Steps } from 'antd'
import { type ReactNode, useState } from 'react'
import { useText } from '../../../i18n/text'
import { EditForm } from '../../../ui/form/edit-form'
import type { Name } from '../../../ui/form/pointer'
import type { Dialect } from '../../groups/queries'
import { type Api, apisKey } from '../queries'
import { BackendStep } from './backend'
import { BasicStep } from './basic'
import { ComplaintsContext, stepOf } from './complaints'
import type { Values } from './definition'
import { RequestStep } from './request'
import { ResponseStep } from './response'

interface Props {
  readonly draft: string
  readonly initial: Partial<Values>
  /** Groups to choose from; absent: the API has one. */
  readonly groups?: ReactNode
  readonly dialect: Dialect
  readonly save: (values: Values) => Promise<Api>
  readonly then: (api: Api) => void
  readonly cancel: () => void
  readonly submit: string
  /** Whether it can be saved from every step, as what is there already can. */
  readonly savesAnywhere?: true
}

const LAST = 3

export function Wizard({ draft, initial, groups, dialect, save, then, cancel, submit, savesAnywhere }: Props) {
  const t = useText()
  const [form] = Form.useForm<Values>()
  const [step, setStep] = useState(0)
  const [complaints, setComplaints] = useState<readonly Name[]>([])
  const complained = (names: readonly Name[]) => {
    setComplaints(names)
    const first = names.map(stepOf).filter((found) => found !== undefined)
    if (first.length > 0) setStep(Math.min(...first))
  }
  const parts = [
    <BasicStep key="basic" dialect={dialect} groups={groups} />,
    <RequestStep key="request" dialect={dialect} />,
    <BackendStep key="backend" dialect={dialect} />,
    <ResponseStep key="response" />,
  ]
  const { basic, request, backend, response } = t.apis.steps
  const wrong = new Set(complaints.map(stepOf))
  const items = [basic, request, backend, response].map((title, index) => ({ title, ...(wrong.has(index) && { status: 'error' as const }) }))
  const footer = (button: ReactNode) => (
    <>
      {step > 0 && <Button onClick={() => setStep(step - 1)}>{t.common.back}</Button>}
      {step < LAST && <Button type={savesAnywhere ? 'default' : 'primary'} onClick={() => setStep(step + 1)}>{t.common.next}</Button>}
      {(step === LAST || savesAnywhere) && button}
    </>
  )
  return (
    <ComplaintsContext value={complaints}>
      <Steps size="small" current={step} onChange={setStep} items={items} style={{ maxWidth: 1000, marginBottom: 8 }} />
      <EditForm<Values, Api>
        form={form}
        draft={draft}
        initial={initial}
        save={save}
        touches={[apisKey]}
        done={t.common.saved}
        then={then}
        submit={submit}
        cancel={cancel}
        complained={complained}
        footer={footer}
        maxWidth={1000}
      >
        {parts.map((part, index) => (
          <section key={items[index]?.title} aria-label={items[index]?.title ?? ''} hidden={index !== step}>{part}</section>
        ))}
      </EditForm>
    </ComplaintsContext>
  )
}
