// ⌘K opens anything: a page, a group, an API, an app.
import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '../../i18n/text'
import { later } from '../later'

const Finder = later(() => import('./finder').then((part) => part.Finder))

export function Palette() {
  const t = useText()
  const [open, setOpen] = useState(false)
  // Keys do not come near before they are pressed: it is there once the first page is.
  useEffect(Finder.soon, [])
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      setOpen((isOpen) => !isOpen)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
  return (
    <>
      <Button icon={<SearchOutlined />} onClick={() => setOpen(true)}>{t.shell.open} ⌘K</Button>
      <Finder open={open} close={() => setOpen(false)} />
    </>
  )
}
