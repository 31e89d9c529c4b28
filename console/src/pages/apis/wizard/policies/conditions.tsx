// What a call must meet, so that a policy answers it.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Col, Form, Input, Row, Select, Typography } from 'antd'
import { useText } from '../../../../i18n/text'
import { Act } from '../../../../ui/act'
import { LinesInput } from '../../../../ui/form/lines-input'
import { ListErrors } from '../../../../ui/form/list-errors'
import type { Parameter } from '../definition'
import { type Comparison, type Condition, CONDITIONS_AT_MOST, newCondition } from './definition'

const ofs = ['source', 'parameter', 'path', 'method', 'cookie'] as const
const comparisons = ['exact', 'enum', 'pattern'] as const
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'].map((value) => ({ value, label: value }))
const inline = { marginBottom: 8 }

export function Conditions({ policy }: { readonly policy: number }) {
  const words = useText().backendPolicies
  return (
    <Form.List name={[policy, 'conditions']}>
      {(rows, { add, remove }, { errors }) => (
        <section aria-label={words.conditions} style={{ marginBottom: 24 }}>
          <Typography.Title level={4} style={{ fontSize: 14 }}>{words.conditions}</Typography.Title>
          {rows.map(({ key, name }) => <Line key={`${key} ${name}`} policy={policy} index={name} remove={() => remove(name)} />)}
          <ListErrors errors={errors} />
          <Act icon={<PlusOutlined />} why={rows.length < CONDITIONS_AT_MOST ? undefined : words.enoughConditions} onClick={() => add(structuredClone(newCondition))}>{words.addCondition}</Act>
        </section>
      )}
    </Form.List>
  )
}

interface LineProps {
  readonly policy: number
  readonly index: number
  readonly remove: () => void
}

function Line({ policy, index, remove }: LineProps) {
  const t = useText()
  const words = t.backendPolicies
  const of: Condition['of'] | undefined = Form.useWatch(['backend_policies', policy, 'conditions', index, 'of'])
  return (
    <Row gutter={8} wrap={false}>
      <Col flex="180px">
        <Form.Item name={[index, 'of']} style={inline}><Select aria-label={words.of} options={ofs.map((value) => ({ value, label: words.ofs[value] }))} /></Form.Item>
      </Col>
      {of === 'source' ? (
        <Col flex="auto"><Form.Item name={[index, 'addresses']} style={inline}><LinesInput label={words.addresses} placeholder={words.addressesHint} /></Form.Item></Col>
      ) : (
        <>
          {of === 'parameter' && <Col flex="180px"><ParameterName index={index} /></Col>}
          {of === 'cookie' && <Col flex="180px"><Form.Item name={[index, 'name']} style={inline}><Input aria-label={words.cookie} placeholder={words.cookie} autoComplete="off" /></Form.Item></Col>}
          <Is policy={policy} index={index} isMethod={of === 'method'} />
        </>
      )}
      <Col flex="40px"><Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove} ${index + 1}`} onClick={remove} /></Col>
    </Row>
  )
}

function ParameterName({ index }: { readonly index: number }) {
  const words = useText().backendPolicies
  const parameters: readonly (Parameter | undefined)[] = Form.useWatch('parameters') ?? []
  const options = parameters.flatMap((parameter) => (parameter?.name ? [{ value: parameter.name, label: parameter.name }] : []))
  return <Form.Item name={[index, 'name']} style={inline}><Select aria-label={words.parameter} placeholder={words.parameter} options={options} showSearch /></Form.Item>
}

interface IsProps {
  readonly policy: number
  readonly index: number
  /** Methods are chosen from those there are; none is matched by a pattern. */
  readonly isMethod: boolean
}

function Is({ policy, index, isMethod }: IsProps) {
  const words = useText().backendPolicies
  const kind: Comparison['kind'] | undefined = Form.useWatch(['backend_policies', policy, 'conditions', index, 'is', 'kind'])
  const kinds = comparisons.filter((value) => !isMethod || value !== 'pattern')
  return (
    <>
      <Col flex="120px">
        <Form.Item name={[index, 'is', 'kind']} style={inline}><Select aria-label={words.is} options={kinds.map((value) => ({ value, label: words.comparisons[value] }))} /></Form.Item>
      </Col>
      <Col flex="auto">
        {kind === 'exact' && (
          <Form.Item name={[index, 'is', 'value']} style={inline}>
            {isMethod ? <Select aria-label={words.value} options={methods} /> : <Input aria-label={words.value} placeholder={words.value} autoComplete="off" />}
          </Form.Item>
        )}
        {kind === 'enum' && (
          <Form.Item name={[index, 'is', 'values']} style={inline}>
            {isMethod ? <Select mode="multiple" aria-label={words.value} options={methods} /> : <Select mode="tags" open={false} tokenSeparators={[',', ' ']} aria-label={words.value} placeholder={words.value} />}
          </Form.Item>
        )}
        {kind === 'pattern' && <Form.Item name={[index, 'is', 'pattern']} style={inline}><Input aria-label={words.value} placeholder={words.value} autoComplete="off" /></Form.Item>}
      </Col>
    </>
  )
}
