// The table draws its heading a second time, hidden, to measure it. What can be focused must not be there.
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'

export function HeaderOnly({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null)
  const [isHidden, setHidden] = useState(false)
  useLayoutEffect(() => setHidden(place.current?.closest('[aria-hidden=true]') !== null), [])
  return <span ref={place}>{!isHidden && children}</span>
}
