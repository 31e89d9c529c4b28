export const secrets = {
  once: 'Copy it now: it is not shown again.',
  keepSafe: 'Whoever has it can call in its name.',
  copied: 'I have copied it',
}
