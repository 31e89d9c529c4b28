// Which policies have a page together, as vendors' interfaces show them, and which dialects have them. A family's name
// stands in the URL.
import type { Schemas } from '../../api/client'
import { type Dialect, dialects } from '../groups/queries'

export type PolicyKind = Schemas['PolicyKind']

export const families = ['throttling', 'access-control', 'signature-keys', 'cors'] as const
export type Family = (typeof families)[number]

interface Place {
  readonly family: Family
  readonly dialects: readonly Dialect[]
}

const PLACES: Readonly<Record<PolicyKind, Place>> = {
  throttle: { family: 'throttling', dialects },
  rate_limit: { family: 'throttling', dialects: ['huawei'] },
  address_list: { family: 'access-control', dialects },
  account_list: { family: 'access-control', dialects: ['huawei'] },
  account_id_list: { family: 'access-control', dialects: ['huawei'] },
  signature_key: { family: 'signature-keys', dialects },
  cors: { family: 'cors', dialects },
}

export const kinds = Object.keys(PLACES) as PolicyKind[]

export function isFamily(name: string): name is Family {
  return families.some((family) => family === name)
}

export function familyOf(kind: PolicyKind): Family {
  return PLACES[kind].family
}

/** The kinds of a family, those of one dialect alone where it is said. */
export function kindsOf(family: Family, dialect?: Dialect): readonly PolicyKind[] {
  return kinds.filter((kind) => familyOf(kind) === family && (dialect === undefined || PLACES[kind].dialects.includes(dialect)))
}

export function dialectsOf(kind: PolicyKind): readonly Dialect[] {
  return PLACES[kind].dialects
}

/** Whether the dialect has the kind as a plug-in, whose content is a text as well. */
export function isPlugIn(dialect: Dialect, kind: PolicyKind): boolean {
  return dialect === 'alibaba' || kind === 'cors' || kind === 'rate_limit'
}

/** The dialects that have any kind of the family. */
export function dialectsOfFamily(family: Family): readonly Dialect[] {
  return dialects.filter((dialect) => kindsOf(family, dialect).length > 0)
}

/** The first kind, of a dialect where it is said. Every family has one in each of its dialects. */
export function firstKind(family: Family, dialect?: Dialect): PolicyKind {
  const [first] = kindsOf(family, dialect)
  if (first === undefined) throw new Error(`${family} has no kind of ${dialect}`)
  return first
}
