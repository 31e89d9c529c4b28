export const shell = {
  brand: 'Paifang',
  skip: 'Skip to the content',
  menu: 'Main menu',
  open: 'Open anything',
  language: 'Language',
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  system: 'As the system',
  notFound: 'There is no such page',
  home: 'To the API groups',
  sections: {
    openApis: 'Publish APIs',
    callers: 'Call APIs',
    gateway: 'Gateway',
  },
}
