/** The word for a name that the gateway says; a name that is newer than the words stands for itself. */
export function word(words: Readonly<Record<string, string>>, name: string): string {
  return words[name] ?? name
}
