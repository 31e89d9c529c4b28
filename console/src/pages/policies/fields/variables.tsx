// What rules call something of a call: a name, and where its value stands.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Col, Form, Input, Row, Select, Space, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { ListErrors } from '../../../ui/form/list-errors'
import type { Variable } from '../form-settings'

const AT = ['settings', 'parameters']
const inline = { marginBottom: 8 }

export function Variables() {
  const t = useText()
  const words = t.policies.variables
  const isAlone = (all: readonly Variable[], name: string) => all.filter((one) => one?.name === name).length < 2
  return (
    <Form.List name={AT}>
      {(rows, { add, remove }, { errors }) => (
        <section aria-label={words.title} style={{ marginBottom: 24 }}>
          <Typography.Title level={3} style={{ fontSize: 14 }}>{words.title}</Typography.Title>
          <Typography.Paragraph type="secondary">{words.hint}</Typography.Paragraph>
          {rows.map(({ key, name: index }) => (
            <Row key={key} gutter={8} wrap={false}>
              <Col flex="200px">
                <Form.Item
                  name={[index, 'name']}
                  style={inline}
                  rules={[
                    { required: true, message: words.nameMissing },
                    ({ getFieldValue }) => ({ validator: (_, name: string) => (isAlone(getFieldValue(AT) as Variable[], name) ? Promise.resolve() : Promise.reject(new Error(words.twice))) }),
                  ]}
                >
                  <Input aria-label={`${words.name} ${index + 1}`} placeholder={words.name} autoComplete="off" />
                </Form.Item>
              </Col>
              <Col flex="auto">
                <Form.Item name={[index, 'from']} style={inline} rules={[{ required: true, message: words.fromMissing }]}><From index={index} /></Form.Item>
              </Col>
              <Col flex="40px"><Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove}: ${words.name} ${index + 1}`} onClick={() => remove(index)} /></Col>
            </Row>
          ))}
          <ListErrors errors={errors} />
          <Button icon={<PlusOutlined />} onClick={() => add({ from: 'Header:' })}>{words.add}</Button>
        </section>
      )}
    </Form.List>
  )
}

/** Places that have a name. */
const NAMED = ['Header', 'Query', 'Form', 'Parameter', 'Host', 'System', 'Token', 'XFF'] as const
/** Places that are all of something. */
const WHOLE = ['Method', 'Path'] as const
const SAMPLES: Readonly<Record<string, string>> = { System: 'CaClientIp', XFF: '-1' }

interface FromProps {
  readonly index: number
  readonly id?: string
  readonly value?: string
  readonly onChange?: (from: string) => void
}

/** `Location:Name`, or a location alone. What it cannot show by parts is there as it was written. */
function From({ index, id, value = '', onChange }: FromProps) {
  const words = useText().policies.variables
  const [written = '', ...rest] = value.split(':')
  const name = rest.join(':')
  const location = [...NAMED, ...WHOLE].find((one) => one.toLowerCase() === written.trim().toLowerCase()) ?? written
  const isWhole = (one: string) => WHOLE.some((whole) => whole === one)
  return (
    <Space.Compact block>
      <Select
        aria-label={`${words.location} ${index + 1}`}
        style={{ width: 220 }}
        value={location}
        options={[...NAMED, ...WHOLE].map((one) => ({ value: one, label: words.locations[one] }))}
        onChange={(one: string) => onChange?.(isWhole(one) ? one : `${one}:${name}`)}
      />
      {(!isWhole(location) || rest.length > 0) && (
        <Input {...(id !== undefined && { id })} aria-label={`${words.what} ${index + 1}`} placeholder={SAMPLES[location] ?? words.what} autoComplete="off" value={name} onChange={({ target }) => onChange?.(`${location}:${target.value}`)} />
      )}
    </Space.Compact>
  )
}
