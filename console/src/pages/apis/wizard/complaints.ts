// Which fields have complaints, so that what hides them opens, and the step that holds the first one is shown.
import { createContext, use } from 'react'
import type { Name } from '../../../ui/form/pointer'

export const ComplaintsContext = createContext<readonly Name[]>([])

/** Whether a field below this one has a complaint. */
export function useComplains(...above: Name): boolean {
  return use(ComplaintsContext).some((name) => above.every((part, index) => part === name[index]))
}

/** The step of the wizard that a field is in. */
export function stepOf(name: Name | undefined): number | undefined {
  switch (name?.[0]) {
    case undefined:
      return undefined
    case 'request':
    case 'parameters':
      return 1
    case 'backend':
    case 'backend_parameters':
    case 'backend_policies':
      return 2
    case 'response':
      return 3
    default:
      return 0
  }
}
