/** Text of the API's document, in English, in which what stands between backticks is code. */
export function WithCode({ text }: { text: string }) {
  const parts = text.split("`").map((part, index) =>
    // The parts of a text never move.
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
  return <span lang="en">{parts}</span>;
}
