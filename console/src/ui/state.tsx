// How something is: a dot in colour and a word in the colour of all words, which can be read on any ground.
import { Badge } from 'antd'
import type { ReactNode } from 'react'

export type Tone = 'success' | 'processing' | 'warning' | 'error' | 'default'

interface Props {
  readonly tone: Tone
  readonly children: ReactNode
}

export function State({ tone, children }: Props) {
  return <Badge status={tone} text={children} style={{ whiteSpace: 'nowrap' }} />
}
