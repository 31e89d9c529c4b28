// A part of a page with a heading of its own: a small table, mostly.
import { Flex, Typography } from 'antd'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, actions, children }: Props) {
  return (
    <section aria-label={title}>
      <Flex vertical gap={8}>
        <Flex justify="space-between" align="center" gap={16} wrap>
          <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>{title}</Typography.Title>
          <Flex gap={8} wrap>{actions}</Flex>
        </Flex>
        {children}
      </Flex>
    </section>
  )
}
