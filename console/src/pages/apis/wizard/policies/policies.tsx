// Other backends for calls that meet conditions: a list, one policy open or shut at a time as one likes.
import { DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Card, Flex, Form, Input, Radio, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../../../i18n/text'
import { ListErrors } from '../../../../ui/form/list-errors'
import { useComplains } from '../complaints'
import { Mapping } from '../mapping'
import { Mock } from '../mock'
import { PlaceContext } from '../place'
import { Service } from '../service'
import { Conditions } from './conditions'
import { newPolicy } from './definition'

const LIST = 'backend_policies'
const modes = ['all', 'any'] as const

interface Props {
  /** The kind of the default backend, which is that of all policies. */
  readonly kind: 'http' | 'mock'
}

export function BackendPolicies({ kind }: Props) {
  const t = useText()
  const words = t.backendPolicies
  const form = Form.useFormInstance()
  const fromDefault = () => newPolicy(form.getFieldValue('backend'), form.getFieldValue('backend_parameters') ?? [])
  return (
    <Form.List name={LIST}>
      {(rows, { add, remove }, { errors }) => (
        <section aria-label={words.title} style={{ marginBottom: 24 }}>
          <Typography.Title level={2} style={{ fontSize: 16 }}>{words.title}</Typography.Title>
          <Typography.Paragraph type="secondary">{words.hint}</Typography.Paragraph>
          <Flex vertical gap={8}>
            {/* What watches a field keeps what it saw at its place before: a policy that moves begins anew. */}
            {rows.map(({ key, name }) => <Policy key={`${key} ${name}`} index={name} kind={kind} remove={() => remove(name)} />)}
          </Flex>
          <ListErrors errors={errors} />
          <Button icon={<PlusOutlined />} style={{ marginTop: 8 }} onClick={() => add(fromDefault())}>{words.add}</Button>
        </section>
      )}
    </Form.List>
  )
}

interface PolicyProps extends Props {
  readonly index: number
  readonly remove: () => void
}

function Policy({ index, kind, remove }: PolicyProps) {
  const t = useText()
  const words = t.backendPolicies
  const form = Form.useFormInstance()
  const name: string = Form.useWatch([LIST, index, 'name']) ?? ''
  const title = words.one(index + 1, name)
  // What has no name yet was just added.
  const [isNew] = useState(() => !form.getFieldValue([LIST, index, 'name']))
  const [toggled, setToggled] = useState<boolean>()
  const complains = useComplains(LIST, index)
  const open = toggled ?? (isNew || complains)
  return (
    <PlaceContext value={{ near: [index], whole: [LIST, index] }}>
      <section aria-label={title}>
        <Card size="small">
          <Flex justify="space-between" align="center">
            <Typography.Title level={3} style={{ fontSize: 14, margin: 0 }}>
              <Button type="text" aria-expanded={open} icon={open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} onClick={() => setToggled(!open)}>{title}</Button>
            </Typography.Title>
            <Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove}: ${title}`} onClick={remove} />
          </Flex>
          <div hidden={!open} style={{ padding: 8 }}>
            <Form.Item name={[index, 'name']} label={t.common.name} extra={words.nameHint} rules={[{ required: true }]}><Input autoComplete="off" /></Form.Item>
            <Form.Item name={[index, 'effect_mode']} label={words.effectMode}>
              <Radio.Group optionType="button" options={modes.map((value) => ({ value, label: words.effectModes[value] }))} />
            </Form.Item>
            <Conditions policy={index} />
            <Typography.Title level={4} style={{ fontSize: 14 }}>{kind === 'mock' ? words.answer : words.backend}</Typography.Title>
            {kind === 'mock' ? <Mock at={[index, 'backend']} /> : <HttpBackend />}
          </div>
        </Card>
      </section>
    </PlaceContext>
  )
}

function HttpBackend() {
  return (
    <>
      <Service />
      <Mapping dialect="huawei" />
    </>
  )
}
