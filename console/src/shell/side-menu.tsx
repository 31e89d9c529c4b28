import { Link } from '@tanstack/react-router'
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
  const style = { display: 'block', padding: '6px 12px', borderRadius: 4, color: token.colorText }
  const here = { fontWeight: 600, background: token.controlItemBgActive }
  return (
    <section style={{ marginBottom: 12 }}>
      <Typography.Text type="secondary" style={{ padding: '4px 12px', fontSize: 12 }}>{label}</Typography.Text>
      {entries.map(({ label, link }) => (
        <Link key={label} {...link} activeOptions={{ includeSearch: false }} style={style} activeProps={{ style: here }}>
          {label}
        </Link>
      ))}
    </section>
  )
}
