// What the backend is told: request parameters under names of its own, constants, and values of the gateway's.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Col, Flex, Form, Input, Row, Select, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { Act } from '../../../ui/act'
import { ListErrors } from '../../../ui/form/list-errors'
import type { Dialect } from '../../groups/queries'
import { type BackendParameter, type Parameter, unmapped } from './definition'
import { usePlace } from './place'
import { systemParameters } from './system-parameters'

const locations = ['path', 'query', 'header', 'body'] as const
const origins = ['parameter', 'constant', 'system'] as const
const inline = { marginBottom: 8 }

export function Mapping({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  const words = t.apis.mapping
  const { field, watched, isApis } = usePlace()
  const mode = Form.useWatch(['request', 'mode'])
  const parameters: readonly Parameter[] = Form.useWatch('parameters') ?? []
  const mapped: readonly BackendParameter[] = Form.useWatch(watched('backend_parameters')) ?? []
  const missing = unmapped(parameters, mapped)
  return (
    <Form.List name={field('backend_parameters')}>
      {(rows, { add, remove }, { errors }) => (
        <section aria-label={words.title}>
          <Typography.Title level={isApis ? 2 : 4} style={{ fontSize: isApis ? 16 : 14 }}>{words.title}</Typography.Title>
          {mode === 'passthrough' && <Typography.Paragraph type="secondary">{words.passthrough}</Typography.Paragraph>}
          {rows.length === 0 && mode !== 'passthrough' && <Typography.Paragraph type="secondary">{words.none}</Typography.Paragraph>}
          {rows.map(({ key, name }) => <Line key={key} index={name} dialect={dialect} remove={() => remove(name)} />)}
          <ListErrors errors={errors} />
          <Flex gap={8} style={{ marginBottom: 24 }}>
            <Button icon={<PlusOutlined />} onClick={() => add({ name: '', location: 'header', origin: { from: mode === 'passthrough' ? 'constant' : 'parameter' } })}>{words.add}</Button>
            {mode !== 'passthrough' && parameters.length > 0 && (
              <Act why={missing.length === 0 ? words.allDone : undefined} onClick={() => missing.forEach((one) => add(one))}>{words.all}</Act>
            )}
          </Flex>
        </section>
      )}
    </Form.List>
  )
}

interface LineProps {
  readonly index: number
  readonly dialect: Dialect
  readonly remove: () => void
}

function Line({ index, dialect, remove }: LineProps) {
  const t = useText()
  const words = t.apis.mapping
  const from = Form.useWatch(usePlace().watched('backend_parameters', index, 'origin', 'from'))
  const parameters: readonly (Parameter | undefined)[] = Form.useWatch('parameters') ?? []
  const names = parameters.flatMap((parameter) => (parameter?.name ? [parameter.name] : []))
  const choices = (from === 'system' ? systemParameters[dialect] : names).map((value) => ({ value, label: value }))
  return (
    <Row gutter={8} wrap={false}>
      <Col flex="auto"><Form.Item name={[index, 'name']} style={inline}><Input aria-label={words.name} placeholder={words.name} autoComplete="off" /></Form.Item></Col>
      <Col flex="120px">
        <Form.Item name={[index, 'location']} style={inline}><Select aria-label={t.apis.parameters.location} options={locations.map((value) => ({ value, label: t.apis.parameters.locations[value] }))} /></Form.Item>
      </Col>
      <Col flex="170px">
        <Form.Item name={[index, 'origin', 'from']} style={inline}><Select aria-label={words.from} options={origins.map((value) => ({ value, label: words.origins[value] }))} /></Form.Item>
      </Col>
      <Col flex="240px">
        {from === 'constant' ? (
          <Form.Item name={[index, 'origin', 'value']} style={inline} initialValue=""><Input aria-label={words.value} placeholder={words.value} autoComplete="off" /></Form.Item>
        ) : (
          <Form.Item key={from} name={[index, 'origin', 'name']} style={inline} rules={[{ required: true, message: words.value }]}><Select aria-label={words.value} options={choices} showSearch /></Form.Item>
        )}
      </Col>
      <Col flex="40px"><Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove} ${index + 1}`} onClick={remove} /></Col>
    </Row>
  )
}
