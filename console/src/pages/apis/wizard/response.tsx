// Step four: what the documents say of the answer.
import { Form, Input, Typography } from 'antd'
import { useText } from '../../../i18n/text'

export function ResponseStep() {
  const words = useText().apis.response
  const style = { fontFamily: 'monospace' }
  return (
    <>
      <Typography.Paragraph type="secondary">{words.hint}</Typography.Paragraph>
      <Form.Item name={['response', 'content_type']} label={words.contentType} initialValue="">
        <Input autoComplete="off" placeholder="application/json" />
      </Form.Item>
      <Form.Item name={['response', 'sample']} label={words.sample} initialValue="">
        <Input.TextArea rows={6} style={style} />
      </Form.Item>
      <Form.Item name={['response', 'failure_sample']} label={words.failureSample} initialValue="">
        <Input.TextArea rows={4} style={style} />
      </Form.Item>
    </>
  )
}
