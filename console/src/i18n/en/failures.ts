export const failures = {
  requestId: 'Request ID',
  titles: {
    unreachable: 'The gateway cannot be reached',
    unauthenticated: 'You are signed out',
    denied: 'You may not do that',
    missing: 'There is no such object',
    invalid: 'Some values are not allowed',
    changed: 'Somebody else changed it meanwhile',
    inUse: 'Others need it',
    refused: 'That is not possible now',
    failed: 'The gateway failed',
  },
  neededBy: 'Needed by',
  elsewhere: 'Also:',
}
