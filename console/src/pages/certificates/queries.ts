// What the pages of certificates read and change.
import { queryOptions } from '@tanstack/react-query'
import { answer, client, type Schemas, unchanged } from '../../api/client'
import { readable } from '../../api/page'
import { type NamedSearch, paging, present } from '../../ui/list/search'
import type { Choice } from '../../ui/pick/pick'

export type Certificate = Schemas['CertificateInfoView']
export type Facts = Schemas['CertificateFacts']
export type CertificateDraft = Schemas['CertificateDraft']

export const certificatesKey = ['certificates'] as const

export function certificatesQuery(search: NamedSearch) {
  const query = present({ search: search.search, ...paging(search) })
  return queryOptions({
    queryKey: [...certificatesKey, 'list', query],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/certificates', { params: { query }, signal })),
  })
}

/** A certificate, with the domains that have it. */
export function certificateQuery(certificate: string) {
  return queryOptions({
    queryKey: [...certificatesKey, certificate],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/certificates/{certificate}', { params: { path: { certificate } }, signal })),
  })
}

const CHOICES = 20

/** Certificates to choose from. */
export function findCertificates(search: string) {
  const query = present({ search: search || undefined, limit: CHOICES, sort: '-created' as const })
  return queryOptions({
    queryKey: [...certificatesKey, 'choices', query],
    queryFn: async ({ signal }): Promise<readonly Choice[]> => {
      const page = await answer(client.GET('/api/v1/certificates', { params: { query }, signal }))
      return readable<Certificate>(page).map(({ id, name, facts }) => ({ value: id, label: `${name} (${facts.names.join(', ')})` }))
    },
  })
}

export function createCertificate(body: CertificateDraft): Promise<Certificate> {
  return answer(client.POST('/api/v1/certificates', { body }))
}

/** A chain and a key that are left empty stay; a client authority that is left empty goes. */
export function replaceCertificate(certificate: Certificate, { name, chain, key, client_authority }: Partial<CertificateDraft>): Promise<Certificate> {
  const params = { path: { certificate: certificate.id }, header: unchanged(certificate) }
  // The generator demands every member of a change; one that is absent stays as it is.
  const body = { ...present({ name, chain: chain || undefined, key: key || undefined }), client_authority: client_authority || null } as Schemas['CertificatePatch']
  return answer(client.PATCH('/api/v1/certificates/{certificate}', { params, body }))
}

export function deleteCertificate(certificate: Certificate): Promise<unknown> {
  const params = { path: { certificate: certificate.id }, header: unchanged(certificate) }
  return answer(client.DELETE('/api/v1/certificates/{certificate}', { params }))
}
