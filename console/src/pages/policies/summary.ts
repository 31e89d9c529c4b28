// What a policy says, in one line of a list.
import { useText } from '../../i18n/text'
import type { Messages } from '../../i18n/types'
import { word } from '../../ui/word'
import { understood } from './form-settings'
import type { Policy } from './queries'
import { corsMembers, type Settings, settingsText } from './settings'

export function useSummary(): (policy: Policy) => string {
  const t = useText()
  return (policy) => {
    const settings = understood(policy.settings)
    const said = typeof settings === 'string' ? undefined : inWords(t, policy, settings)
    return said ?? settingsText(settings).replaceAll(/\s+/g, ' ').trim()
  }
}

function inWords(t: Messages, { kind, dialect }: Policy, settings: Settings): string | undefined {
  const words = t.policies
  const member = (name: string) => String(settings[name] ?? '')
  switch (kind) {
    case 'throttle':
      if (dialect === 'huawei') return words.rate(member('api_call_limits'), period(words, settings['time_interval'], settings['time_unit']))
      return trafficControl(words, settings)
    case 'rate_limit':
      return words.rate(member('api_limit'), period(words, settings['default_interval'], settings['default_time_unit']))
    case 'address_list':
      if (dialect === 'alibaba') return `${word(words.shortEffects, member('type'))}: ${blocks(settings).join(', ')}`
      return `${word(words.shortEffects, member('acl_type'))}: ${member('acl_value')}`
    case 'account_list':
    case 'account_id_list':
      return `${word(words.shortEffects, member('acl_type'))}: ${member('acl_value')}`
    case 'signature_key':
      return dialect === 'huawei' ? `${member('sign_type')}: ${member('sign_key')}` : member('key')
    case 'cors':
      return member(corsMembers[dialect].origins)
  }
}

/** What holds for all, and how many rules there are beside it. */
function trafficControl(words: Messages['policies'], settings: Settings): string | undefined {
  const { apiDefault, unit: named, defaultLimit, defaultPeriod, defaultTimeUnit, rules } = settings
  const said = [
    ...(apiDefault === undefined ? [] : [words.rate(String(apiDefault), unit(words, named))]),
    ...(defaultLimit === undefined ? [] : [words.rate(String(defaultLimit), period(words, defaultPeriod, defaultTimeUnit))]),
    ...(Array.isArray(rules) && rules.length > 0 ? [words.rules.count(rules.length)] : []),
  ]
  return said.length === 0 ? undefined : said.join(' · ')
}

/** One unit goes without its number. */
export function period(words: Messages['policies'], interval: unknown = 1, name: unknown = 'SECOND'): string {
  const named = unit(words, name)
  return interval === 1 ? named : `${interval} × ${named}`
}

export function unit(words: Messages['policies'], name: unknown): string {
  return word(words.units, String(name).toUpperCase())
}

export function effect(words: Messages['policies'], name: unknown): string {
  return word(words.effects, String(name))
}

/** All addresses of an IP-control plug-in, whoever they are for. */
function blocks(settings: Settings): readonly string[] {
  const items = (settings['items'] ?? []) as readonly { readonly blocks?: readonly string[] }[]
  return items.flatMap((item) => item.blocks ?? [])
}
