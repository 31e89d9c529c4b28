export const palette = {
  placeholder: 'A page, an API, a group, an app …',
  pages: 'Pages',
  nothing: 'Nothing is called so',
}
