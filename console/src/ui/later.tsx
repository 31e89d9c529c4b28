// A dialog that is fetched when it is first opened, or when somebody seems about to: `soon` is for a pointer that comes near.
import { lazyRouteComponent } from '@tanstack/react-router'
import { type ComponentType, Suspense, useState } from 'react'

interface Opens {
  readonly open: boolean
}

export function later<Props extends Opens>(fetch: () => Promise<ComponentType<Props>>) {
  const Part = lazyRouteComponent(async () => ({ Dialog: await fetch() }), 'Dialog') as ComponentType<Props> & { preload?: () => Promise<unknown> }
  function Later(props: Props) {
    // Once open it stays, to be closed as slowly as it opens.
    const [isWanted, setWanted] = useState(props.open)
    if (props.open && !isWanted) setWanted(true)
    return isWanted && <Suspense fallback={null}><Part {...props} /></Suspense>
  }
  return Object.assign(Later, { soon: () => void Part.preload?.() })
}
