// Step three: what answers, and what it is told.
import { Form, Radio } from 'antd'
import { useText } from '../../../i18n/text'
import type { Dialect } from '../../groups/queries'
import { Mapping } from './mapping'
import { Mock } from './mock'
import { BackendPolicies } from './policies/policies'
import { ChosenService, Service } from './service'

/** Backend services are one cloud's, and backend policies the other's. */
const kinds = { alibaba: ['http', 'service', 'mock'], huawei: ['http', 'mock'] } as const

export function BackendStep({ dialect }: { readonly dialect: Dialect }) {
  const t = useText()
  const kind = Form.useWatch(['backend', 'kind'])
  return (
    <>
      <Form.Item name={['backend', 'kind']} label={t.apis.service.kind}>
        <Radio.Group optionType="button" options={kinds[dialect].map((value) => ({ value, label: t.apis.service.kinds[value] }))} />
      </Form.Item>
      {kind === 'mock' && <Mock at={['backend']} />}
      {kind === 'service' && <ChosenService />}
      {kind === 'http' && <Service />}
      {kind !== 'mock' && <Mapping dialect={dialect} />}
      {dialect === 'huawei' && (kind === 'http' || kind === 'mock') && <BackendPolicies kind={kind} />}
    </>
  )
}
