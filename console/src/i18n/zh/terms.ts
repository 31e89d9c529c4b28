import type { Messages } from '../types'

export const terms: Messages['terms'] = {
  dialect: '风格',
  alibaba: {
    dialect: '阿里云',
    group: 'API 分组',
    stage: '环境',
    stages: '环境',
    app: '应用',
    apps: '应用',
    publish: '发布',
  },
  huawei: {
    dialect: '华为云',
    group: 'API 分组',
    stage: '环境',
    stages: '环境',
    app: '应用',
    apps: '应用',
    publish: '发布',
  },
}
