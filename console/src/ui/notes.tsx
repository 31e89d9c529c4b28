// What is said in passing: that something is done, and what failed, in a corner. The library's own `App` says as much, and
// brings its dialogs with it, which the first page does without.
import { theme } from 'antd'
import useMessage from 'antd/es/message/useMessage'
import useNotification from 'antd/es/notification/useNotification'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { FailureNote } from './failure-note'

interface Notes {
  readonly say: (done: string) => void
  /** It stays until it is closed. */
  readonly fail: (error: Error) => void
}

const NotesContext = createContext<Notes | undefined>(undefined)

export function WithNotes({ children }: { readonly children: ReactNode }) {
  const { token } = theme.useToken()
  const [messages, messagePlace] = useMessage()
  const [notifications, notificationPlace] = useNotification()
  const notes = useMemo(
    () => ({
      say: (done: string) => void messages.success(done),
      fail: (error: Error) => notifications.error({ title: FailureNote(error), duration: 0 }),
    }),
    [messages, notifications],
  )
  const { colorText, fontSize, lineHeight, fontFamily } = token
  return (
    <NotesContext value={notes}>
      <div style={{ color: colorText, fontSize, lineHeight, fontFamily }}>
        {messagePlace}
        {notificationPlace}
        {children}
      </div>
    </NotesContext>
  )
}

export function useNotes(): Notes {
  const notes = use(NotesContext)
  if (notes === undefined) throw new Error('nothing can be said here')
  return notes
}
