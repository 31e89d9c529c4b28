// English is the shape of every language: what it says, each must say, and nothing else.
import type { Locale } from 'antd/es/locale'
import type { messages } from './en'

type Shape<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : Shape<T[K]>
}

export type Messages = Shape<typeof messages>

/** A language: its words, and those of the widgets. */
export interface Language {
  readonly messages: Messages
  readonly widgets: Locale
}
