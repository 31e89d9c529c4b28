import { getRouteApi } from '@tanstack/react-router'
import { Alert, Col, Flex, Form, Row, Segmented, Select, Typography } from 'antd'
import { useState } from 'react'
import { useText } from '../../../i18n/text'
import { Act, useReadOnlyReason } from '../../../ui/act'
import { useChange } from '../../../ui/change'
import { FailureView } from '../../../ui/failure-view'
import { useSearchPatch } from '../../../ui/list/use-search'
import { ApiPage } from '../api-page'
import { type AboutApi, useApi } from '../use-api'
import { CallFields } from './call-fields'
import { ReportView } from './report-view'
import { type DebugValues, type Report, send } from './send'

const route = getRouteApi('/known/apis/$api/debug')

export function DebugApi() {
  const t = useText()
  const words = t.apis.debug
  const about = useApi(route.useParams().api)
  const [report, setReport] = useState<Report>()
  const [error, setError] = useState<Error>()
  return (
    <ApiPage about={about} tab="debug">
      <Row gutter={32}>
        <Col xs={24} xl={10}><CallForm about={about} answered={(made) => { setReport(made); setError(undefined) }} failed={setError} /></Col>
        <Col xs={24} xl={14}>
          <Flex vertical gap={16} aria-live="polite">
            {error && <FailureView error={error} />}
            {report && !error && <ReportView report={report} about={about} />}
            {!report && !error && <Typography.Text type="secondary">{words.waiting}</Typography.Text>}
          </Flex>
        </Col>
      </Row>
    </ApiPage>
  )
}

interface FormProps {
  readonly about: AboutApi
  readonly answered: (report: Report) => void
  readonly failed: (error: Error) => void
}

function CallForm({ about, answered, failed }: FormProps) {
  const t = useText()
  const words = t.apis.debug
  const readOnly = useReadOnlyReason()
  const patch = useSearchPatch()
  const search = route.useSearch()
  const { api, group, stages, online, stageName } = about
  const names = online.map(({ stage }) => stageName(stage))
  const stage = search.stage ?? (names.includes('RELEASE') ? 'RELEASE' : names[0])
  const isDraft = search.target === 'draft' || (search.stage === undefined && names.length === 0)
  const target = isDraft || stage === undefined ? ({ kind: 'draft' } as const) : ({ kind: 'stage', stage } as const)
  const { definition } = api
  const change = useChange({ run: (values: DebugValues) => send(api.id, definition, target, values), touches: [], then: answered, failed })
  const { method, protocols = [] } = definition.request
  const initial: DebugValues = {
    scheme: protocols.includes('http') ? 'http' : 'https',
    method: method === 'ANY' ? 'GET' : method === 'MULTIPART' ? 'POST' : method,
    authentication: definition.auth.kind === 'app' && !isDraft ? 'app_key' : 'none',
    source: '127.0.0.1',
  }
  return (
    <Form<DebugValues> layout="vertical" initialValues={initial} onFinish={(values) => change.mutate(values)}>
      <Form.Item label={words.target}>
        <Flex gap={8} wrap>
          <Segmented aria-label={words.target} value={isDraft ? 'draft' : 'stage'} options={(['stage', 'draft'] as const).map((value) => ({ value, label: words.targets[value] }))} onChange={(value) => patch({ target: value === 'draft' ? 'draft' : undefined, ...(value === 'stage' && { stage: stage ?? stages[0]?.name }) })} />
          {!isDraft && <Select aria-label={t.terms[group.dialect].stage} style={{ minWidth: 160 }} value={stage ?? null} options={stages.map(({ name }) => ({ value: name, label: name }))} onChange={(name) => patch({ stage: name })} />}
        </Flex>
      </Form.Item>
      {!isDraft && stage !== undefined && !names.includes(stage) && <Alert type="warning" title={t.apis.overview.curlSleeps} style={{ marginBottom: 16 }} />}
      <CallFields about={about} />
      <Act type="primary" htmlType="submit" loading={change.isPending} why={readOnly}>{words.send}</Act>
    </Form>
  )
}
