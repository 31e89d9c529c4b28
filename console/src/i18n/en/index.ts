import widgets from 'antd/es/locale/en_US'
import { apis } from './apis'
import { apps } from './apps'
import { audit } from './audit'
import { common } from './common'
import { failures } from './failures'
import { grants } from './grants'
import { groups } from './groups'
import { nodes } from './nodes'
import { palette } from './palette'
import { quotas } from './quotas'
import { secrets } from './secrets'
import { session } from './session'
import { shell } from './shell'
import { tasks } from './tasks'
import { terms } from './terms'
import { users } from './users'

export const messages = {
  apis,
  apps,
  audit,
  common,
  failures,
  grants,
  groups,
  nodes,
  palette,
  quotas,
  secrets,
  session,
  shell,
  tasks,
  terms,
  users,
}
export { widgets }
