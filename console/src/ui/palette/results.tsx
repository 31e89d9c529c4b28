import { Flex, theme, Typography } from 'antd'
import { useText } from '../../i18n/text'
import type { Found } from './find'

interface Props {
  readonly found: readonly Found[]
  readonly chosen: number
  readonly open: (entry: Found) => void
}

export function Results({ found, chosen, open }: Props) {
  const t = useText()
  const { token } = theme.useToken()
  return (
    <div id="found" role="listbox" aria-label={t.shell.open} style={{ height: 320, overflowY: 'auto', marginTop: 8 }}>
      {found.length === 0 && <Typography.Text type="secondary">{t.palette.nothing}</Typography.Text>}
      {found.map((entry, index) => (
        <div
          key={`${entry.kind} ${entry.label} ${index}`}
          id={`found-${index}`}
          role="option"
          aria-selected={index === chosen}
          onClick={() => open(entry)}
          style={{ padding: '6px 8px', cursor: 'pointer', borderRadius: 4, background: index === chosen ? token.controlItemBgActive : 'transparent' }}
        >
          <Flex justify="space-between" gap={8}>
            <span>{entry.label}</span>
            <Typography.Text type="secondary">{entry.kind}</Typography.Text>
          </Flex>
        </div>
      ))}
    </div>
  )
}
