import { useNavigate } from '@tanstack/react-router'
import { Form, Radio } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { filled } from '../../ui/form/filled'
import { Page } from '../../ui/page'
import { ServiceFields } from './fields'
import { type BackendService, createService, serviceKinds, servicesKey } from './queries'

type Draft = Schemas['BackendServiceDraft']

export function NewService() {
  const t = useText()
  const navigate = useNavigate()
  const words = t.backendServices
  return (
    <Page title={words.create}>
      <EditForm<Draft, BackendService>
        draft="backend-services/new"
        initial={{ kind: 'http' }}
        save={(draft) => createService(filled(draft))}
        touches={[servicesKey]}
        done={t.common.saved}
        then={({ id }) => void navigate(paths.backendService(id))}
        submit={t.common.create}
        cancel={() => void navigate(paths.backendServices())}
      >
        <ServiceFields />
        <Form.Item name="kind" label={words.kind} extra={words.kindHint} rules={[{ required: true }]}>
          <Radio.Group optionType="button" options={serviceKinds.map((value) => ({ value, label: words.kinds[value] }))} />
        </Form.Item>
      </EditForm>
    </Page>
  )
}
