// Who calls: nobody, or an app, whose key signs or whose code is shown.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Form, Radio, Select } from 'antd'
import { useText } from '../../../i18n/text'
import { appChoicesQuery } from '../around'
import type { AboutApi } from '../use-api'

const kinds = ['none', 'app_key', 'app_code'] as const

export function Authentication({ about }: { readonly about: AboutApi }) {
  const words = useText().apis.debug
  const kind = Form.useWatch('authentication')
  const { data: apps } = useSuspenseQuery(appChoicesQuery)
  if (about.api.definition.auth.kind === 'none') return <Form.Item name="authentication" hidden><input type="hidden" /></Form.Item>
  return (
    <>
      <Form.Item name="authentication" label={words.authentication}>
        <Radio.Group optionType="button" options={kinds.map((value) => ({ value, label: words.authentications[value] }))} />
      </Form.Item>
      {(kind === 'app_key' || kind === 'app_code') && (
        <Form.Item name="app" label={words.app} extra={words.appHint} rules={[{ required: true }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={apps.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      )}
    </>
  )
}
