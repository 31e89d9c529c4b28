import { Link, useRouterState } from '@tanstack/react-router'
import { theme, Typography } from 'antd'
import { useText } from '../i18n/text'
import { type MenuSection, menu } from './menu'

export function SideMenu() {
  const t = useText()
  return (
    <nav aria-label={t.shell.menu} style={{ padding: '12px 8px' }}>
      {menu(t).map((section) => (
        <Section key={section.label} {...section} />
      ))}
    </nav>
  )
}

function Section({ label, entries }: MenuSection) {
  const { token } = theme.useToken()
  const here = useRouterState({ select: (state) => state.location.pathname })
  return (
    <section style={{ marginBottom: 12 }}>
      <Typography.Text type="secondary" style={{ padding: '4px 12px', fontSize: 12 }}>{label}</Typography.Text>
      {entries.map((entry) => {
        const isHere = here === entry.link.to || here.startsWith(`${entry.link.to}/`)
        const style = { display: 'block', padding: '6px 12px', borderRadius: 4, color: token.colorText, fontWeight: isHere ? 600 : 400, background: isHere ? token.controlItemBgActive : 'transparent' }
        return (
          <Link key={entry.label} {...entry.link} style={style} aria-current={isHere ? 'page' : undefined}>
            {entry.label}
          </Link>
        )
      })}
    </section>
  )
}
