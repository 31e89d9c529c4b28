// The first page of an empty gateway: from nothing to a call that is answered, and seen arriving.
import { getRouteApi } from '@tanstack/react-router'
import { AutoComplete, Form, Radio, Typography } from 'antd'
import { useText } from '../../i18n/text'
import { EditForm } from '../../ui/form/edit-form'
import { useSearchPatch } from '../../ui/list/use-search'
import { Page } from '../../ui/page'
import { type Api, apisKey } from '../apis/queries'
import { groupsKey } from '../groups/queries'
import { makeCallable } from './queries'
import { Ready } from './ready'

const route = getRouteApi('/known/start')
const usual = ['http://127.0.0.1:8080', 'http://127.0.0.1:3000', 'http://127.0.0.1:8000', 'https://example.com']

interface Values {
  readonly kind: 'mine' | 'mock'
  readonly backend?: { readonly to?: { readonly url?: string } }
}

export function Start() {
  const t = useText()
  const { api } = route.useSearch()
  return (
    <Page title={t.start.title}>
      <Typography.Paragraph style={{ margin: 0 }}>{t.start.lead}</Typography.Paragraph>
      {api === undefined ? <Choice /> : <Ready key={api} id={api} />}
    </Page>
  )
}

function Choice() {
  const words = useText().start
  const patch = useSearchPatch()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form)
  return (
    <EditForm<Values, Api>
      form={form}
      draft="start"
      initial={{ kind: 'mine' }}
      save={(values) => makeCallable(values.kind === 'mock' ? { answer: words.mockBody } : { url: values.backend?.to?.url ?? '' })}
      touches={[groupsKey, apisKey]}
      then={({ id }) => patch({ api: id })}
      submit={words.go}
    >
      <Form.Item name="kind" label={words.backend}>
        <Radio.Group options={(['mine', 'mock'] as const).map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
      {kind !== 'mock' && (
        <Form.Item name={['backend', 'to', 'url']} label={words.url} extra={words.urlHint} rules={[{ required: true }]}>
          <AutoComplete autoFocus options={usual.map((value) => ({ value }))} placeholder={usual[0] ?? ''} style={{ maxWidth: 420 }} />
        </Form.Item>
      )}
    </EditForm>
  )
}
