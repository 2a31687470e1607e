/**
 * The whole body; of a socket what comes before the answer to a ping, and the answers to what is
 * said first; of a stream its first events, since they have no end.
 */
export async function wholeText(response: Response, said: readonly string[] = []): Promise<string> {
  if (response.webSocket !== null) return socketText(response.webSocket, said);
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

async function socketText(socket: WebSocket, said: readonly string[]): Promise<string> {
  const messages: string[] = [];
  let onChange: () => void = () => {};
  let isClosed = false;
  /** Sends a text, and waits until that is answered, or the socket ended. */
  const say = (text: string, isAnswered: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      onChange = () => {
        if (isClosed || isAnswered()) resolve();
      };
      if (!isClosed) socket.send(text);
      onChange();
    });
  socket.addEventListener("message", ({ data }) => {
    messages.push(String(data));
    onChange();
  });
  socket.addEventListener("close", ({ code, reason }) => {
    messages.push(`closed with ${code} ${reason}`);
    isClosed = true;
    onChange();
  });
  socket.accept();
  const answers = () => messages.filter((message) => message.includes('"id":')).length;
  for (const [index, text] of said.entries()) await say(text, () => answers() > index);
  await say("ping", () => messages.includes("pong"));
  if (!isClosed) socket.close(1000);
  return messages.filter((message) => message !== "pong").join("\n");
}
