// Language, theme, and whoever is signed in.
import { BgColorsOutlined, GlobalOutlined, UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { languages } from '../i18n/languages'
import { useSpoken, useText } from '../i18n/text'
import { callerQuery, signOut, useCaller } from '../session/session'
import { useChange } from '../ui/change'
import { themes, useTheme } from './theme'

const names = { en: 'English', 'zh-CN': '简体中文' }

export function LanguageMenu() {
  const { code, change, messages } = useSpoken()
  const items = languages.map((language) => ({ key: language, label: names[language], onClick: () => change(language) }))
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: [code] }}>
      <Button type="text" icon={<GlobalOutlined />} aria-label={`${messages.shell.language}: ${names[code]}`}>{names[code]}</Button>
    </Dropdown>
  )
}

export function ThemeMenu() {
  const t = useText()
  const { chosen, choose } = useTheme()
  const items = themes.map((theme) => ({ key: theme, label: t.shell[theme], onClick: () => choose(theme) }))
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: [chosen] }}>
      <Button type="text" icon={<BgColorsOutlined />} aria-label={t.shell.theme} />
    </Dropdown>
  )
}

export function UserMenu() {
  const t = useText()
  const caller = useCaller()
  const router = useRouter()
  const queries = useQueryClient()
  const leave = useChange({
    run: signOut,
    touches: [],
    then: () => {
      queries.clear()
      queries.setQueryData(callerQuery.queryKey, null)
      void router.invalidate()
    },
  })
  const items = [{ key: 'out', label: t.session.signOut, onClick: () => leave.mutate(undefined) }]
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button type="text" icon={<UserOutlined />}>{caller.name}</Button>
    </Dropdown>
  )
}
