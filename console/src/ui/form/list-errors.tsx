// What is wrong with a list as a whole, in the colour of what is wrong; the form's own has none outside a field.
import { Form, Typography } from 'antd'
import type { ReactNode } from 'react'

export function ListErrors({ errors }: { readonly errors: ReactNode[] }) {
  return errors.length > 0 && <Typography.Paragraph type="danger"><Form.ErrorList errors={errors} /></Typography.Paragraph>
}
