// What stands around every page: the menu, and a bar with what is always at hand.
import { Outlet, useRouterState } from '@tanstack/react-router'
import { Flex, Layout, Spin, theme } from 'antd'
import { useText } from '../i18n/text'
import { Palette } from '../ui/palette/palette'
import { SideMenu } from './side-menu'
import { LanguageMenu, ThemeMenu, UserMenu } from './switches'

export function Shell() {
  const t = useText()
  const { token } = theme.useToken()
  const loading = useRouterState({ select: (state) => state.isLoading })
  const border = `1px solid ${token.colorBorderSecondary}`
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a href="#content" className="skip">{t.shell.skip}</a>
      <Layout.Header style={{ background: token.colorBgContainer, borderBottom: border, padding: '0 20px', height: 52, lineHeight: '52px' }}>
        <Flex justify="space-between" align="center" gap={16}>
          <strong style={{ fontSize: 16 }}>{t.shell.brand}</strong>
          <Flex gap={4} align="center">
            <Spin size="small" spinning={loading} delay={200} />
            <Palette />
            <LanguageMenu />
            <ThemeMenu />
            <UserMenu />
          </Flex>
        </Flex>
      </Layout.Header>
      <Layout hasSider>
        <Layout.Sider width={208} breakpoint="lg" collapsedWidth={0} style={{ background: token.colorBgContainer, borderRight: border }}>
          <SideMenu />
        </Layout.Sider>
        <Layout.Content id="content" role="main" tabIndex={-1} style={{ padding: 24, outline: 'none', minWidth: 0, background: token.colorBgContainer }}>
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  )
}
