import widgets from 'antd/es/locale/en_US'
import { apis } from './apis'
import { common } from './common'
import { failures } from './failures'
import { groups } from './groups'
import { palette } from './palette'
import { session } from './session'
import { shell } from './shell'
import { terms } from './terms'

export const messages = { apis, common, failures, groups, palette, session, shell, terms }
export { widgets }
