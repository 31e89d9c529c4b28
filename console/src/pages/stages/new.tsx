import { useNavigate } from '@tanstack/react-router'
import { Form, Radio } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { dialects } from '../groups/queries'
import { StageFields } from './fields'
import { createStage, stagesKey } from './queries'

export function NewStage() {
  const t = useText()
  const navigate = useNavigate()
  const leave = () => void navigate(paths.stages())
  return (
    <Page title={t.stages.createAny}>
      <EditForm<Schemas['StageDraft'], unknown>
        draft="stages/new"
        initial={{ dialect: 'alibaba' }}
        save={createStage}
        touches={[stagesKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.create}
        cancel={leave}
      >
        <Form.Item name="dialect" label={t.terms.dialect} extra={t.stages.dialectHint} rules={[{ required: true }]}>
          <Radio.Group optionType="button" options={dialects.map((value) => ({ value, label: t.terms[value].dialect }))} />
        </Form.Item>
        <StageFields />
      </EditForm>
    </Page>
  )
}
