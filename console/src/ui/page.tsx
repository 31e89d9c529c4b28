// A page: its heading, what can be done, and its content.
import { Flex, Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Paifang`
  }, [title])
  return (
    <Flex vertical gap={16}>
      <Flex justify="space-between" align="center" gap={16} wrap>
        <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
          {title}
        </Typography.Title>
        <Flex gap={8} wrap>{actions}</Flex>
      </Flex>
      {children}
    </Flex>
  )
}
