// The parts of a group's page, each with a URL of its own.
import { Link } from '@tanstack/react-router'
import { Flex, theme } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'

interface Props {
  readonly group: string
  readonly here: 'overview' | 'domains' | 'variables'
}

export function GroupTabs({ group, here }: Props) {
  const t = useText()
  const { token } = theme.useToken()
  const tabs = [
    { key: 'overview', link: paths.group(group) },
    { key: 'apis', link: paths.apis({ group }) },
    { key: 'domains', link: paths.domains(group) },
    { key: 'variables', link: paths.variables(group) },
  ] as const
  return (
    <nav aria-label={t.groups.one}>
      <Flex gap={24} style={{ borderBottom: `1px solid ${token.colorBorderSecondary}` }}>
        {tabs.map(({ key, link }) => {
          const isHere = key === here
          const style = { padding: '8px 0', color: token.colorText, fontWeight: isHere ? 600 : 400, borderBottom: `2px solid ${isHere ? token.colorPrimary : 'transparent'}` }
          return <Link key={key} {...link} style={style} aria-current={isHere ? 'page' : undefined}>{t.groups.tabs[key]}</Link>
        })}
      </Flex>
    </nav>
  )
}
