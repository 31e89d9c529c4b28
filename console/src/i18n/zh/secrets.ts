import type { Messages } from '../types'

export const secrets: Messages['secrets'] = {
  once: '请立即复制保存，关闭后不再显示。',
  keepSafe: '持有者即可以其身份调用，请妥善保管。',
  copied: '我已保存',
}
