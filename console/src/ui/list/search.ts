// A list's state, which is its URL: `?search=pets&page=3&size=50&sort=-name`, and the filters of the list beside.
export interface ListSearch<Sort extends string = 'created' | '-created'> {
  readonly search?: string
  readonly page?: number
  readonly size?: number
  /** By what it is sorted; with a minus the other way round. Absent: the newest come first. */
  readonly sort?: Sort
}

/** Of a list of things with a name. */
export type NamedSearch = ListSearch<'created' | '-created' | 'name' | '-name'>

export interface CursorSearch {
  readonly cursor?: string
}

export const SIZES = [20, 50, 100, 500]
const SIZE = 20
export const NEWEST_FIRST = '-created' as const

type Raw = Record<string, unknown>

/** Reads what every list has; what makes no sense is as good as absent. */
export function listSearch(raw: Raw): ListSearch {
  return read(raw, ['created', '-created'])
}

/** The same of a list of things with a name. */
export function namedSearch(raw: Raw): NamedSearch {
  return read(raw, ['created', '-created', 'name', '-name'])
}

function read<const Sort extends string>(raw: Raw, sorts: readonly Sort[]): ListSearch<Sort> {
  return present({
    search: text(raw, 'search'),
    page: whole(raw, 'page'),
    size: SIZES.find((size) => size === raw['size']),
    sort: oneOf(raw, 'sort', sorts),
  })
}

export function text(raw: Raw, key: string): string | undefined {
  const value = raw[key]
  // A text of digits alone arrives as a number.
  return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined
}

export function oneOf<const T extends string>(raw: Raw, key: string, values: readonly T[]): T | undefined {
  return values.find((value) => value === raw[key])
}

function whole(raw: Raw, key: string): number | undefined {
  const value = raw[key]
  return typeof value === 'number' && Number.isInteger(value) && value > 1 ? value : undefined
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined, so that it does not stand in the URL. */
export function present<T extends object>(object: T): Present<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Present<T>
}

/** The same as the interface asks for it. */
export function paging<Sort extends string>({ page = 1, size = SIZE, sort }: ListSearch<Sort>) {
  return { offset: (page - 1) * size, limit: size, sort: sort ?? NEWEST_FIRST, count: true }
}

export function shownSize({ size = SIZE }: NamedSearch): number {
  return size
}

/** The next page of a list that only knows what comes after. */
export function cursorSearch(raw: Raw): CursorSearch {
  return present({ cursor: text(raw, 'cursor') })
}
