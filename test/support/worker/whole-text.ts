/**
 * The whole body; of a socket what comes before the answer to a ping, of a stream its first events,
 * since they have no end.
 */
export async function wholeText(response: Response): Promise<string> {
  const socket = response.webSocket;
  if (socket !== null) {
    const messages: string[] = [];
    const answered = new Promise<void>((resolve) => {
      socket.addEventListener("message", ({ data }) => {
        if (data === "pong") resolve();
        else messages.push(String(data));
      });
    });
    socket.accept();
    socket.send("ping");
    await answered;
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
