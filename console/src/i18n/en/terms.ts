// The nouns that the two clouds call differently; everything else has one name.
export const terms = {
  dialect: 'Dialect',
  alibaba: {
    dialect: 'Alibaba Cloud',
    group: 'API group',
    stage: 'Stage',
    stages: 'Stages',
    app: 'App',
    apps: 'Apps',
    publish: 'Publish',
  },
  huawei: {
    dialect: 'Huawei Cloud',
    group: 'API group',
    stage: 'Environment',
    stages: 'Environments',
    app: 'App',
    apps: 'Apps',
    publish: 'Publish',
  },
}
