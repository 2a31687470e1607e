/** The same answers; each word is asked about once, since texts say most of theirs again and again. */
export function remembering(isFound: (word: string) => boolean): (word: string) => boolean {
  const known = new Map<string, boolean>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const answer = isFound(word);
    known.set(word, answer);
    return answer;
  };
}
