export const apis = {
  title: 'APIs',
  one: 'API',
  create: 'Create API',
  empty: 'An API is one method and path, and the backend that answers.',
  method: 'Method',
  path: 'Path',
  auth: 'Authentication',
  auths: { none: 'None', app: 'App' },
  backend: 'Backend',
  backends: { http: 'HTTP', mock: 'Mock' },
  visibility: 'Visibility',
}
