export const session = {
  title: 'Sign in',
  hint: 'The first user is `admin`. Its password is in the file first-credentials of the data directory, unless it was given at the first start.',
  name: 'User name',
  password: 'Password',
  signIn: 'Sign in',
  signOut: 'Sign out',
}
