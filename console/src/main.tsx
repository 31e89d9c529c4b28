// Starts the console.
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueries } from './api/cache'
import { whenSignedOut } from './api/client'
import { Speak } from './i18n/speak'
import { makeRouter } from './routes'
import { callerQuery } from './session/session'
import { Look } from './shell/look'
import './main.css'

const queries = makeQueries()
const router = makeRouter(queries)

whenSignedOut(() => {
  queries.setQueryData(callerQuery.queryKey, null)
  void router.invalidate()
})

const place = document.getElementById('root')
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Speak>{({ widgets }) => <Look widgets={widgets}><RouterProvider router={router} /></Look>}</Speak>
      </QueryClientProvider>
    </StrictMode>,
  )
}
