import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Button, Card, Flex, Form, Input, Typography } from 'antd'
import { useEffect } from 'react'
import { useText } from '../../i18n/text'
import { callerQuery, signIn } from '../../session/session'
import { LanguageMenu, ThemeMenu } from '../../shell/switches'
import { useChange } from '../../ui/change'
import { FailureView } from '../../ui/failure-view'

const route = getRouteApi('/sign-in')

interface Values {
  readonly name: string
  readonly password: string
}

export function SignIn() {
  const t = useText()
  const { back } = route.useSearch()
  const router = useRouter()
  const queries = useQueryClient()
  useEffect(() => {
    document.title = `${t.session.title} · Paifang`
  }, [t])
  const enter = useChange({
    run: ({ name, password }: Values) => signIn(name, password),
    touches: [],
    failed: () => {},
    then: (caller) => {
      queries.setQueryData(callerQuery.queryKey, caller)
      router.history.push(back ?? '/console/')
    },
  })
  return (
    <Flex vertical align="center" justify="center" gap={16} role="main" style={{ minHeight: '100vh', padding: 16 }}>
      <Card style={{ width: '100%', maxWidth: 400 }}>
        <Typography.Title level={1} style={{ fontSize: 22, marginTop: 0 }}>{t.shell.brand}</Typography.Title>
        <Form<Values> layout="vertical" initialValues={{ name: 'admin' }} onFinish={enter.mutate} requiredMark={false}>
          <Form.Item name="name" label={t.session.name} rules={[{ required: true }]}>
            <Input autoComplete="username" />
          </Form.Item>
          <Form.Item name="password" label={t.session.password} rules={[{ required: true }]} extra={t.session.hint}>
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
          {enter.error && <div style={{ marginBottom: 16 }}><FailureView error={enter.error} /></div>}
          <Button type="primary" htmlType="submit" block loading={enter.isPending}>{t.session.signIn}</Button>
        </Form>
      </Card>
      <Flex gap={8}><LanguageMenu /><ThemeMenu /></Flex>
    </Flex>
  )
}
