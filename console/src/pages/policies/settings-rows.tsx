// What a policy says, as its page shows it: by members where they are few and known, or else the text.
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text'
import type { Messages } from '../../i18n/types'
import { word } from '../../ui/word'
import { useAppNames } from './app-names'
import { Entries } from './entries'
import { fitsForm, understood } from './form-settings'
import { specialsRow, trafficControlRows } from './plug-in-rows'
import type { Policy } from './queries'
import { corsMembers, entriesOf, namedApps, type Settings, settingsText } from './settings'
import { effect, unit } from './summary'

export interface Row {
  readonly label: string
  readonly children: ReactNode
}

export function useSettingsRows(policy: Policy): readonly Row[] {
  const t = useText()
  const settings = understood(policy.settings)
  const appName = useAppNames(namedApps(policy))
  if (!fitsForm(settings)) return [{ label: t.policies.settings, children: <pre style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{settingsText(settings)}</pre> }]
  return rows(t, policy, settings, appName).filter(({ children }) => children !== undefined)
}

function rows(t: Messages, { dialect, kind }: Policy, settings: Settings, appName: (app: string) => string): readonly Row[] {
  const words = t.policies
  const row = (label: string, member: string): Row => ({ label, children: shown(settings[member]) })
  const entries = (label: string, member: string): Row => ({ label, children: settings[member] === undefined ? undefined : <Entries label={label} all={entriesOf(settings[member]) as string[]} /> })
  const effectRow = (member: string): Row => ({ label: words.effect, children: effect(words, settings[member]) })
  switch (kind) {
    case 'throttle':
      return dialect === 'huawei' ? throttling(words, settings, row) : trafficControlRows(words, settings)
    case 'address_list':
      return dialect === 'huawei' ? [effectRow('acl_type'), entries(words.addresses, 'acl_value')] : [effectRow('type'), ...items(words, settings), row(words.resource, 'resource')]
    case 'account_list':
    case 'account_id_list':
      return [effectRow('acl_type'), entries(words.accounts[kind], 'acl_value')]
    case 'signature_key':
      if (dialect === 'alibaba') return [row(words.key, 'key')]
      return [{ label: words.signType, children: word(words.signTypes, String(settings['sign_type'])) }, row(words.key, 'sign_key')]
    case 'rate_limit':
      return [
        { label: words.type, children: settings['scope'] === 'share' ? words.types.together : words.types.each },
        { label: words.period, children: `${settings['default_interval']} ${unit(words, settings['default_time_unit'])}` },
        row(words.api, 'api_limit'),
        row(words.user, 'user_limit'),
        row(words.app, 'app_limit'),
        row(words.address, 'ip_limit'),
        specialsRow(words, settings, 'huawei', appName),
      ]
    case 'cors': {
      const of = corsMembers[dialect]
      return [
        entries(words.origins, of.origins),
        row(words.methods, of.methods),
        row(words.headers, of.headers),
        row(words.exposed, of.exposed),
        { label: words.maxAge, children: settings[of.maxAge] === undefined ? undefined : `${settings[of.maxAge]} s` },
        { label: words.credentials, children: settings[of.credentials] === true ? t.common.yes : t.common.no },
      ]
    }
  }
}

type MakeRow = (label: string, member: string) => Row

function throttling(words: Messages['policies'], settings: Settings, row: MakeRow): readonly Row[] {
  return [
    { label: words.type, children: settings['type'] === 2 ? words.types.together : words.types.each },
    { label: words.period, children: `${settings['time_interval']} ${unit(words, settings['time_unit'])}` },
    row(words.api, 'api_call_limits'),
    row(words.user, 'user_call_limits'),
    row(words.app, 'app_call_limits'),
    row(words.address, 'ip_call_limits'),
  ]
}

/** Addresses for everybody, and those for single apps. */
function items(words: Messages['policies'], settings: Settings): readonly Row[] {
  const all = (settings['items'] ?? []) as readonly { readonly blocks?: readonly string[]; readonly appId?: string | number }[]
  return all.map(({ blocks = [], appId }) => {
    const label = appId === undefined ? words.addresses : words.addressesOf(String(appId))
    return { label, children: <Entries label={label} all={blocks} /> }
  })
}

function shown(value: unknown): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value)
}
