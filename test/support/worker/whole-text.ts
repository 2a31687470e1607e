/**
 * The whole body; of a socket what comes before the answer to a ping, and the answers to what is
 * said first; of a stream its first events, since they have no end.
 */
export async function wholeText(response: Response, said: readonly string[] = []): Promise<string> {
  const socket = response.webSocket;
  if (socket !== null) {
    const messages: string[] = [];
    let onMessage: () => void = () => {};
    const until = (isDone: () => boolean) =>
      new Promise<void>((resolve) => {
        onMessage = () => {
          if (isDone()) resolve();
        };
      });
    socket.addEventListener("message", ({ data }) => {
      messages.push(String(data));
      onMessage();
    });
    socket.accept();
    for (const [index, text] of said.entries()) {
      const answered = until(
        () => messages.filter((message) => message.includes('"id":')).length > index,
      );
      socket.send(text);
      await answered;
    }
    const answered = until(() => messages.at(-1) === "pong");
    socket.send("ping");
    await answered;
    messages.pop();
    socket.close(1000);
    return messages.join("\n");
  }
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (!isStream || response.body === null) return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("data:") || !text.endsWith("\n\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return text;
}
