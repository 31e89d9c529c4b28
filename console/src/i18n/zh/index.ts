import widgets from 'antd/es/locale/zh_CN'
import type { Messages } from '../types'
import { accessLists } from './access-lists'
import { apis } from './apis'
import { appQuotas } from './app-quotas'
import { apps } from './apps'
import { audit } from './audit'
import { backendPolicies } from './backend-policies'
import { blackLists } from './black-lists'
import { common } from './common'
import { entries } from './entries'
import { failures } from './failures'
import { grants } from './grants'
import { groups } from './groups'
import { instance } from './instance'
import { metrics } from './metrics'
import { nodes } from './nodes'
import { palette } from './palette'
import { quotas } from './quotas'
import { secrets } from './secrets'
import { session } from './session'
import { shell } from './shell'
import { tasks } from './tasks'
import { start } from './start'
import { terms } from './terms'
import { users } from './users'
import { accesses } from './accesses'
import { backendServices } from './backend-services'
import { certificates } from './certificates'
import { channels } from './channels'
import { domains } from './domains'
import { policies } from './policies'
import { stages } from './stages'
import { variables } from './variables'

export const messages: Messages = {
  accessLists,
  apis,
  appQuotas,
  apps,
  audit,
  backendPolicies,
  blackLists,
  common,
  entries,
  failures,
  grants,
  groups,
  instance,
  metrics,
  nodes,
  palette,
  quotas,
  secrets,
  session,
  shell,
  tasks,
  terms,
  users,
  accesses,
  backendServices,
  certificates,
  channels,
  domains,
  policies,
  stages,
  start,
  variables,
}
export { widgets }
