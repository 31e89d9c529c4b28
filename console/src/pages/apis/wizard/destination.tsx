// Where an HTTP service is: a form for each kind of destination.
import { useQuery } from '@tanstack/react-query'
import { Form, Input, Radio, Select } from 'antd'
import { useText } from '../../../i18n/text'
import { FailureView } from '../../../ui/failure-view'
import type { Name } from '../../../ui/form/pointer'
import { accessChoicesQuery, channelChoicesQuery } from '../around'
import { usePlace } from './place'

const kinds = ['address', 'access', 'named_access', 'channel'] as const

export function Destination() {
  const words = useText().apis.service
  const { field, watched } = usePlace()
  const kind: (typeof kinds)[number] | undefined = Form.useWatch(watched('backend', 'to', 'kind'))
  return (
    <>
      <Form.Item name={field('backend', 'to', 'kind')} label={words.to} initialValue="address">
        <Radio.Group optionType="button" options={kinds.map((value) => ({ value, label: words.destinations[value] }))} />
      </Form.Item>
      {kind === 'address' && (
        <Form.Item name={field('backend', 'to', 'url')} label={words.url} extra={words.urlHint} rules={[{ required: true }]}>
          <Input autoComplete="off" placeholder="http://127.0.0.1:8080" />
        </Form.Item>
      )}
      {kind === 'access' && <Access at={field('backend')} />}
      {kind === 'named_access' && (
        <>
          <Form.Item name={field('backend', 'to', 'name')} label={words.accessName} extra={words.accessNameHint} rules={[{ required: true }]}>
            <Input autoComplete="off" placeholder="#access#" />
          </Form.Item>
          <SchemeThrough at={field('backend')} />
        </>
      )}
      {kind === 'channel' && <Channel at={field('backend')} />}
    </>
  )
}

interface Props {
  /** The form's member that says where. */
  readonly at: Name
}

export function Access({ at }: Props) {
  const words = useText().apis.service
  const { data, error, refetch } = useQuery(accessChoicesQuery)
  if (error) return <FailureView error={error} retry={() => void refetch()} />
  return (
    <>
      <Form.Item name={[...at, 'to', 'access']} label={words.access} rules={[{ required: true }]}>
        <Select loading={data === undefined} showSearch={{ optionFilterProp: 'label' }} notFoundContent={words.noChoice} options={data?.map(({ id, name }) => ({ value: id, label: name })) ?? []} />
      </Form.Item>
      <SchemeThrough at={at} />
    </>
  )
}

/** What is spoken through an access, where it is not what the access says. */
function SchemeThrough({ at }: Props) {
  const words = useText().apis.service
  return (
    <Form.Item name={[...at, 'to', 'scheme']} label={words.scheme}>
      <Select allowClear placeholder={words.schemeOfAccess} options={['http', 'https'].map((value) => ({ value, label: value }))} />
    </Form.Item>
  )
}

export function Channel({ at }: Props) {
  const words = useText().apis.service
  const { data, error, refetch } = useQuery(channelChoicesQuery)
  if (error) return <FailureView error={error} retry={() => void refetch()} />
  return (
    <>
      <Form.Item name={[...at, 'to', 'channel']} label={words.channel} rules={[{ required: true }]}>
        <Select loading={data === undefined} showSearch={{ optionFilterProp: 'label' }} notFoundContent={words.noChoice} options={data?.map(({ id, name }) => ({ value: id, label: name })) ?? []} />
      </Form.Item>
      <Form.Item name={[...at, 'to', 'scheme']} label={words.scheme} initialValue="http">
        <Radio.Group optionType="button" options={['http', 'https']} />
      </Form.Item>
    </>
  )
}
