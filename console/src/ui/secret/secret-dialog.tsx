// What is secret and was just made: shown until it is closed, and kept nowhere.
import { Alert, Button, Descriptions, Flex, Modal, Typography } from 'antd'
import { useText } from '../../i18n/text'

export interface SecretLine {
  readonly label: string
  readonly value: string
}

interface Props {
  readonly title: string
  /** What is shown; absent: nothing, and the dialog is closed. */
  readonly lines: readonly SecretLine[] | undefined
  /** What is to be known about it. */
  readonly note: string
  readonly close: () => void
}

export function SecretDialog({ title, lines, note, close }: Props) {
  const t = useText()
  const done = <Button type="primary" onClick={close}>{t.secrets.copied}</Button>
  return (
    <Modal open={lines !== undefined} title={title} onCancel={close} footer={done} mask={{ closable: false }} destroyOnHidden>
      <Flex vertical gap={12}>
        <Alert type="warning" showIcon title={note} description={t.secrets.keepSafe} />
        <Descriptions
          bordered
          size="small"
          column={1}
          items={(lines ?? []).map(({ label, value }) => ({
            label,
            children: <Typography.Text code copyable={{ tooltips: false }} style={{ overflowWrap: 'anywhere' }}>{value}</Typography.Text>,
          }))}
        />
      </Flex>
    </Modal>
  )
}
