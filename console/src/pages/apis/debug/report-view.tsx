// What a debugged call came to: the request as sent, the answer, and every decision on the way.
import { Alert, Badge, Flex, Typography, theme } from 'antd'
import { useText } from '../../../i18n/text'
import { CopyButton } from '../../../ui/copy'
import { curl } from '../../../ui/curl'
import { Timeline } from '../../../ui/timeline'
import type { AboutApi } from '../use-api'
import type { Report } from './send'

interface Props {
  readonly report: Report
  readonly about: AboutApi
}

export function ReportView({ report, about }: Props) {
  const words = useText().apis.debug
  const { request, status, headers, body, latency_ms, sentBody } = report
  const sent = new URL(request.url)
  const line = () => curl({ method: request.method, url: `${about.address}${sent.pathname}${sent.search}`, headers: request.headers, ...(sentBody !== undefined && { body: sentBody }) })
  return (
    <>
      <section aria-label={words.sent}>
        <Flex justify="space-between" align="center"><Heading>{words.sent}</Heading><CopyButton size="small" label={words.copyCurl} text={line} /></Flex>
        <Block text={[`${request.method} ${request.url}`, ...request.headers.map(({ name, value }) => `${name}: ${value}`), ...(sentBody === undefined ? [] : ['', sentBody])].join('\n')} />
      </section>
      <section aria-label={words.answer}>
        <Flex gap={12} align="baseline"><Heading>{words.answer}</Heading><Badge status={status < 400 ? 'success' : 'error'} text={status} /><span>{words.took(latency_ms)}</span></Flex>
        <Block text={headers.map(({ name, value }) => `${name}: ${value}`).join('\n')} />
        {report.body_encoding === 'base64' && <Typography.Text type="secondary">{words.binary}</Typography.Text>}
        <Block text={body} />
        {report.body_truncated && <Alert type="info" title={words.truncated} />}
      </section>
      <section aria-label={words.timeline}>
        <Heading>{words.timeline}</Heading>
        <Timeline decisions={report.decisions} />
      </section>
    </>
  )
}

function Heading({ children }: { readonly children: string }) {
  return <Typography.Title level={2} style={{ fontSize: 16 }}>{children}</Typography.Title>
}

function Block({ text }: { readonly text: string }) {
  const { token } = theme.useToken()
  return <pre tabIndex={0} style={{ margin: '0 0 8px', padding: 12, maxHeight: 320, overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', background: token.colorFillQuaternary, borderRadius: 4 }}>{text}</pre>
}
