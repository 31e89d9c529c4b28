// A domain as `paifang apply` reads it: group, stage and certificate by their names.
import { filled } from '../../ui/form/filled'
import type { Group } from '../groups/queries'
import type { DomainRow } from './queries'

export function domainDocument({ host, patterns = [], tls, certificateName }: DomainRow, group: Group, stage: string | undefined): Record<string, unknown> {
  return {
    kind: 'domain',
    group: `${group.dialect}/${group.name}`,
    host,
    stage,
    tls: tls && filled({ ...tls, certificate: tls.certificate ? certificateName : undefined }),
    patterns: patterns.length > 0 ? patterns : undefined,
  }
}
