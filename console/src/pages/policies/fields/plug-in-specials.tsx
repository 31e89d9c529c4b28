// Callers with numbers of their own in a plug-in's content, where apps stand together, and users.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Col, Flex, Form, Input, InputNumber, Row, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { ListErrors } from '../../../ui/form/list-errors'
import { type Choice, Pick } from '../../../ui/pick/pick'
import { findAppNumbers, findApps } from '../../grants/find'
import type { Dialect } from '../../groups/queries'
import { useAppNames } from '../app-names'
import { callersOf, type Group, withCaller, wordsOf } from '../plug-in-specials'

const AT = ['settings', 'specials']
const inline = { marginBottom: 8 }

export function PlugInSpecials({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  const words = t.policies
  const form = Form.useFormInstance()
  const { types } = wordsOf[dialect]
  const add = (type: string) => form.setFieldValue(AT, withCaller((form.getFieldValue(AT) ?? []) as Group[], type))
  return (
    <Form.List name={AT}>
      {(groups, { remove }, { errors }) => (
        <section aria-label={words.specials} style={{ marginBottom: 24 }}>
          <Typography.Title level={2} style={{ fontSize: 16 }}>{words.specials}</Typography.Title>
          <Typography.Paragraph type="secondary">{groups.length === 0 ? words.specialsEmpty : words.plugInSpecialsHint}</Typography.Paragraph>
          {groups.map(({ key, name }) => <Callers key={`${key} ${name}`} dialect={dialect} group={name} removeAll={() => remove(name)} />)}
          <ListErrors errors={errors} />
          <Flex gap={8} wrap>
            <Button icon={<PlusOutlined />} onClick={() => add(types.app)}>{words.addSpecialApp}</Button>
            <Button icon={<PlusOutlined />} onClick={() => add(types.user)}>{words.addSpecialUser}</Button>
          </Flex>
        </section>
      )}
    </Form.List>
  )
}

interface CallersProps {
  readonly dialect: Dialect
  readonly group: number
  readonly removeAll: () => void
}

function Callers({ dialect, group, removeAll }: CallersProps) {
  const form = Form.useFormInstance()
  // What they are has no field: it is chosen with the button that adds the first.
  const all = Form.useWatch<Group | undefined>([...AT, group], { form, preserve: true })
  const isApp = all?.type === wordsOf[dialect].types.app
  // Numbers have no names that could be asked for.
  const apps = isApp && dialect === 'huawei' ? callersOf(all) : []
  const appName = useAppNames(apps)
  const known = apps.map((value) => ({ value, label: appName(value) }))
  return (
    <Form.List name={[group, 'policies']}>
      {(rows, { remove }, { errors }) => (
        <>
          {rows.map(({ key, name }) => <Caller key={key} dialect={dialect} isApp={isApp} index={name} known={known} remove={() => (rows.length === 1 ? removeAll() : remove(name))} />)}
          <ListErrors errors={errors} />
        </>
      )}
    </Form.List>
  )
}

interface CallerProps {
  readonly dialect: Dialect
  readonly isApp: boolean
  readonly index: number
  readonly known: readonly Choice[]
  readonly remove: () => void
}

function Caller({ dialect, isApp, index, known, remove }: CallerProps) {
  const t = useText()
  const words = t.policies
  const who = isApp ? words.appOf : words.account
  const label = `${who} ${index + 1}`
  return (
    <Row gutter={8} wrap={false}>
      <Col flex="120px" style={{ paddingTop: 5 }}>{words.specialTypes[isApp ? 'app' : 'user']}</Col>
      <Col flex="auto">
        <Form.Item name={[index, 'key']} style={inline} getValueProps={asText} normalize={dialect === 'alibaba' ? asNumber : undefined} rules={[{ required: true, message: words.whoMissing }]}>
          {isApp ? <Pick label={label} find={dialect === 'huawei' ? findApps : findAppNumbers} known={known} /> : <Input aria-label={label} placeholder={words.account} autoComplete="off" />}
        </Form.Item>
      </Col>
      <Col flex="170px">
        <Form.Item name={[index, wordsOf[dialect].limit]} style={inline} rules={[{ required: true, message: words.limitMissing }]}>
          <InputNumber aria-label={`${words.limit}: ${label}`} placeholder={words.limit} min={1} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </Col>
      <Col flex="40px"><Button type="text" icon={<DeleteOutlined />} aria-label={`${t.common.remove}: ${label}`} onClick={remove} /></Col>
    </Row>
  )
}

function asText(key: unknown) {
  return { value: key === undefined || key === null ? undefined : String(key) }
}

/** As the vendor writes numbers; what is none stays, for the gateway to say so. */
function asNumber(key: string | undefined): string | number | undefined {
  return key !== undefined && /^\d{1,15}$/.test(key) ? Number(key) : key
}
