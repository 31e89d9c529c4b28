// What the palette opens: a field and what is found. Arrows choose, Enter opens.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, useDeferredValue, useState } from 'react'
import { useText } from '../../i18n/text'
import { menu } from '../../shell/menu'
import { FailureView } from '../failure-view'
import { type Found, foundQuery } from './find'
import { Results } from './results'

interface Props {
  readonly open: boolean
  readonly close: () => void
}

export function Finder({ open, close }: Props) {
  const t = useText()
  return (
    <Modal open={open} onCancel={close} footer={null} closable={false} title={t.shell.open} destroyOnHidden>
      <Fields close={close} />
    </Modal>
  )
}

function Fields({ close }: Pick<Props, 'close'>) {
  const t = useText()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const wanted = useDeferredValue(typed.trim())
  const objects = useQuery({ ...foundQuery(wanted, t), enabled: wanted !== '' })
  const pages: Found[] = menu(t).flatMap(({ entries }) => entries.map(({ label, link }) => ({ label, link, kind: t.palette.pages })))
  const matching = pages.filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()))
  const found = [...matching, ...(objects.data ?? [])]
  const open = (entry: Found | undefined) => {
    if (!entry) return
    close()
    void navigate(entry.link)
  }
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || found.length === 0) return
    event.preventDefault()
    setChosen((chosen + step + found.length) % found.length)
  }
  return (
    <>
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="found"
        aria-activedescendant={found.length > 0 ? `found-${chosen}` : undefined}
        aria-label={t.palette.placeholder}
        placeholder={t.palette.placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setChosen(0)
        }}
        onKeyDown={pressed}
        onPressEnter={() => open(found[chosen])}
      />
      {objects.error && <FailureView error={objects.error} retry={() => void objects.refetch()} />}
      <Results found={found} chosen={chosen} open={open} />
    </>
  )
}
