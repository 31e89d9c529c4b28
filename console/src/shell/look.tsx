// The widgets' theme and words, and the colour of the page behind them.
import { ConfigProvider, theme } from 'antd'
import type { Locale } from 'antd/es/locale'
import { type ReactNode, useEffect } from 'react'
import { WithNotes } from '../ui/notes'
import { ThemeContext, useIsStill, useThemeState } from './theme'

interface Props {
  readonly widgets: Locale
  readonly children: ReactNode
}

// The link colours keep a contrast of 4.5 on their grounds (WCAG 2.2, 1.4.3).
const light = { colorError: '#cf1322', colorPrimary: '#1555c0', colorLink: '#1555c0', colorTextSecondary: '#4d5561', colorTextDescription: '#5a626d', colorTextPlaceholder: '#6b7280' }
const dark = { colorError: '#ff7875', colorPrimary: '#3d7be0', colorLink: '#7aaaf5', colorTextSecondary: '#b4bbc6', colorTextDescription: '#a3abb8', colorTextPlaceholder: '#9098a5' }

// White on a button under the pointer, and a button's own words there, ask for two blues; on red there is black.
const darkButton = { dangerColor: '#141414', colorPrimaryHover: '#3265bd', defaultHoverColor: dark.colorLink, defaultHoverBorderColor: dark.colorLink }

// The same for a link in a selected row under the pointer.
const selected = { light: { rowSelectedHoverBg: '#c9e0f6' }, dark: { rowSelectedHoverBg: '#182a46' } }

export function Look({ widgets, children }: Props) {
  const themed = useThemeState()
  const isStill = useIsStill()
  useEffect(() => {
    document.documentElement.style.colorScheme = themed.isDark ? 'dark' : 'light'
    document.body.style.background = themed.isDark ? '#141414' : '#ffffff'
  }, [themed.isDark])
  const algorithm = themed.isDark ? theme.darkAlgorithm : theme.defaultAlgorithm
  const colours = themed.isDark ? dark : light
  const link = colours.colorLink
  const components = { Button: themed.isDark ? darkButton : {}, Table: themed.isDark ? selected.dark : selected.light, Tabs: { itemSelectedColor: link, itemActiveColor: link, itemHoverColor: link } }
  return (
    <ThemeContext value={themed}>
      <ConfigProvider
        locale={widgets}
        theme={{ algorithm, components, token: { ...colours, motion: !isStill, borderRadius: 4, motionDurationMid: '0.1s', motionDurationSlow: '0.15s' } }}
      >
        <WithNotes>{children}</WithNotes>
      </ConfigProvider>
    </ThemeContext>
  )
}
