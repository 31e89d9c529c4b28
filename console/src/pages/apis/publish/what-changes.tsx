// What publishing, or switching, changes in a stage: read before it happens.
import { useQuery } from '@tanstack/react-query'
import { Alert, Flex, Skeleton, Typography } from 'antd'
import { useText } from '../../../i18n/text'
import { FailureView } from '../../../ui/failure-view'
import { compareQuery, servingQuery } from '../deployments'
import { Differences } from './differences'

interface Props {
  readonly api: string
  readonly stage: string
  /** What is to serve: a version's number, or `draft`. */
  readonly to: string
  readonly will: string
}

export function WhatChanges({ api, stage, to, will }: Props) {
  const words = useText().apis.publish
  const serving = useQuery(servingQuery(api, stage))
  const from = serving.data ? String(serving.data.number) : undefined
  const compared = useQuery({ ...compareQuery(api, from ?? '', to), enabled: from !== undefined })
  const error = serving.error ?? compared.error
  if (error) return <FailureView error={error} retry={() => void (serving.error ? serving.refetch() : compared.refetch())} />
  if (serving.data === null) return <Alert type="info" title={words.first} />
  if (!compared.data) return <Skeleton active paragraph={{ rows: 3 }} title={false} />
  const { differences } = compared.data
  if (differences.length === 0) return <Alert type="info" title={words.same} />
  return (
    <Flex vertical gap={8}>
      <Typography.Text strong>{words.count(differences.length)}</Typography.Text>
      <Differences differences={differences} was={`${words.was} (${from})`} will={will} />
    </Flex>
  )
}
