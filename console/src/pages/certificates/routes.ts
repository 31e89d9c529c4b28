import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known } from '../../shell/known'
import { namedSearch } from '../../ui/list/search'
import { certificateQuery, certificatesQuery } from './queries'

const certificates = createRoute({
  getParentRoute: () => known,
  path: '/certificates',
  validateSearch: namedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queries.fetchQuery(certificatesQuery(deps)),
  component: lazyRouteComponent(() => import('./list'), 'CertificateList'),
})

const newCertificate = createRoute({
  getParentRoute: () => known,
  path: '/certificates/new',
  component: lazyRouteComponent(() => import('./new'), 'NewCertificate'),
})

const certificate = createRoute({
  getParentRoute: () => known,
  path: '/certificates/$certificate',
  loader: ({ context, params }) => context.queries.fetchQuery(certificateQuery(params.certificate)),
  component: lazyRouteComponent(() => import('./overview'), 'CertificateOverview'),
})

const editCertificate = createRoute({
  getParentRoute: () => known,
  path: '/certificates/$certificate/edit',
  loader: ({ context, params }) => context.queries.fetchQuery(certificateQuery(params.certificate)),
  component: lazyRouteComponent(() => import('./edit'), 'EditCertificate'),
})

export const certificateRoutes = [certificates, newCertificate, certificate, editCertificate] as const
