// The parameters that a request declares: one line each, and all rules of one below its line when asked for.
import { DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Checkbox, Col, Flex, Form, Input, Row, Select, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { ListErrors } from '../../../ui/form/list-errors'
import { useComplains } from './complaints'
import { newParameter, type Parameter, pathParameters, types } from './definition'
import { ParameterRules } from './parameter-rules'

const locations = ['path', 'query', 'header', 'body'] as const

export function Parameters() {
  const t = useText()
  const path: string = Form.useWatch(['request', 'path']) ?? ''
  const declared: readonly (Parameter | undefined)[] = Form.useWatch('parameters') ?? []
  const names = new Set(declared.map((parameter) => parameter?.name))
  const missing = pathParameters(path).filter((name) => !names.has(name))
  return (
    <Form.List name="parameters">
      {(rows, { add, remove }, { errors }) => (
        <section aria-label={t.apis.parameters.title}>
          <Typography.Title level={2} style={{ fontSize: 16 }}>{t.apis.parameters.title}</Typography.Title>
          {rows.length === 0 && <Typography.Paragraph type="secondary">{t.apis.parameters.none}</Typography.Paragraph>}
          {rows.map(({ key, name }) => <Line key={key} index={name} remove={() => remove(name)} />)}
          <ListErrors errors={errors} />
          <Flex gap={8} wrap>
            <Button icon={<PlusOutlined />} onClick={() => add(newParameter)}>{t.apis.parameters.add}</Button>
            {missing.map((name) => (
              <Button key={name} onClick={() => add({ ...newParameter, name, location: 'path', required: true })}>{t.apis.parameters.addOf(name)}</Button>
            ))}
          </Flex>
        </section>
      )}
    </Form.List>
  )
}

interface LineProps {
  readonly index: number
  readonly remove: () => void
}

function Line({ index, remove }: LineProps) {
  const t = useText()
  const words = t.apis.parameters
  const [toggled, setToggled] = useState<boolean>()
  const complains = useComplains('parameters', index)
  const open = toggled ?? complains
  const inline = { marginBottom: 8 }
  return (
    <div style={{ marginBottom: 4 }}>
      <Row gutter={8} align="top" wrap={false}>
        <Col flex="32px">
          <Button type="text" size="small" style={{ marginTop: 4 }} aria-label={words.rules} aria-expanded={open} icon={open ? <DownOutlined /> : <RightOutlined />} onClick={() => setToggled(!open)} />
        </Col>
        <Col flex="auto">
          <Form.Item name={[index, 'name']} style={inline}><Input aria-label={words.name} placeholder={words.name} autoComplete="off" /></Form.Item>
        </Col>
        <Col flex="120px">
          <Form.Item name={[index, 'location']} style={inline}>
            <Select aria-label={words.location} options={locations.map((value) => ({ value, label: words.locations[value] }))} />
          </Form.Item>
        </Col>
        <Col flex="120px">
          <Form.Item name={[index, 'type']} style={inline}><Select aria-label={words.type} options={types.map((value) => ({ value, label: value }))} /></Form.Item>
        </Col>
        <Col flex="110px">
          <Form.Item name={[index, 'required']} valuePropName="checked" style={inline}><Checkbox>{words.required}</Checkbox></Form.Item>
        </Col>
        <Col flex="40px"><Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove} ${index + 1}`} onClick={remove} /></Col>
      </Row>
      <div hidden={!open} style={{ paddingLeft: 40 }}><ParameterRules index={index} /></div>
    </div>
  )
}
