// What can be done with the selected rows. Its place is always there, so that selecting moves nothing.
import { Button, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'

interface Props {
  readonly count: number
  readonly clear: () => void
  readonly children: ReactNode
}

export function BulkBar({ count, clear, children }: Props) {
  const t = useText()
  return (
    <Flex gap={8} align="center" wrap style={{ minHeight: 32 }}>
      {children}
      {count > 0 && (
        <>
          <Typography.Text aria-live="polite">{t.common.selected(count)}</Typography.Text>
          <Button type="link" onClick={clear}>
            {t.common.cancel}
          </Button>
        </>
      )}
    </Flex>
  )
}
