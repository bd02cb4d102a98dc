// A raw connection: sends bytes as they are, and splits what comes back into responses.
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";

export type Exchange = { statuses: number[]; isClosed: boolean; text: string };

/** Sends bytes, and reads until the server closes the connection or is silent for some ms. */
export async function exchange(port: number, bytes: string | Buffer, silence = 250): Promise<Exchange> {
  const socket = connect(port, "127.0.0.1");
  const parts: Buffer[] = [];
  let isClosed = false;
  let last = performance.now();
  socket.on("data", (part) => {
    parts.push(part);
    last = performance.now();
  });
  socket.on("close", () => { isClosed = true; });
  // A reset while it is still written to is a way of closing.
  socket.on("error", () => { isClosed = true; });
  socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  while (!isClosed && performance.now() - last < silence) await setTimeout(5);
  socket.destroy();
  const text = Buffer.concat(parts).toString("latin1");
  // Some bodies don't end with a line break, so that a status line may follow any character.
  return { statuses: [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status)), isClosed, text };
}
