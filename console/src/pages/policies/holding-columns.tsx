// What tables of policies that hold have in common: in which stage which policy holds, and what it does.
import { Link } from '@tanstack/react-router'
import type { TableColumnsType } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import type { Group } from '../groups/queries'
import type { Holding } from './holding'
import { kindName } from './kind-name'

export function useHoldingColumns(dialect: Group['dialect'], stageName: (stage: string) => string): TableColumnsType<Holding> {
  const t = useText()
  return [
    { key: 'stage', title: t.terms[dialect].stage, render: (_, { stage }) => stageName(stage) },
    { key: 'policy', title: t.policies.one, render: (_, { policy, kind, policyName }) => <Link {...paths.policy({ id: policy, kind })}>{policyName}</Link> },
    { key: 'kind', title: t.policies.kind, render: (_, { kind }) => kindName(t, { dialect, kind }) },
  ]
}
