// A part of a form that is a list of rows.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Flex, Form, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'

interface Props {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly add: string
  /** What a new row begins with. */
  readonly fresh?: Readonly<Record<string, unknown>>
  readonly cells: (row: number) => ReactNode
}

export function Rows({ name, label, hint, add, fresh = {}, cells }: Props) {
  const t = useText()
  return (
    <Form.List name={name}>
      {(fields, { add: append, remove }) => (
        <fieldset style={{ border: 0, padding: 0, margin: '0 0 24px' }}>
          <legend style={{ padding: 0 }}>{label}</legend>
          <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph>
          {fields.map(({ key, name: row }) => (
            <Flex key={key} gap={8} align="start" wrap>
              {cells(row)}
              <Button icon={<DeleteOutlined />} aria-label={t.channels.removeRow(row + 1)} onClick={() => remove(row)} style={{ marginTop: 30 }} />
            </Flex>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => append({ ...fresh })}>{add}</Button>
        </fieldset>
      )}
    </Form.List>
  )
}
