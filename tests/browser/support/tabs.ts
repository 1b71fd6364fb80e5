/**
 * A Chromium with tabs as a person has them: one is seen, the others are hidden, and pages may be prerendered. Playwright lets
 * every page believe that it is seen, and nothing is prerendered for a page that a debugger looks into; so nobody does here.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromiumExecutable } from "../../setup/browser.ts";

export interface Tabs {
  /** Opens a tab behind those that are there, or in front of them; gives its name. */
  open(url: string, where: "behind" | "in front"): Promise<string>;
  bringToFront(tab: string): Promise<void>;
  close(): Promise<void>;
}

export async function openTabs(userAgent: string): Promise<Tabs> {
  const { executablePath, args } = await chromiumExecutable();
  const profile = await mkdtemp(path.join(tmpdir(), "firstflight-chromium-"));
  const own = ["--headless", "--remote-debugging-port=0", `--user-data-dir=${profile}`, `--user-agent=${userAgent}`];
  const chromium = spawn(executablePath, [...args, ...own, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(chromium, "exit");
  const say = await connect(await debuggerAddress(chromium.stderr));
  return {
    async open(url, where) {
      const { targetId } = await say("Target.createTarget", { url, background: where === "behind" });
      return String(targetId);
    },
    async bringToFront(tab) {
      await say("Target.activateTarget", { targetId: tab });
    },
    async close() {
      chromium.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

async function debuggerAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const address = /ws:\/\/\S+/.exec(line)?.[0];
    if (address) return address;
  }
  throw new Error("Chromium did not start");
}

type Answer = Readonly<Record<string, unknown>>;

/** @see https://chromedevtools.github.io/devtools-protocol/tot/Target/ */
async function connect(address: string): Promise<(method: string, params: Answer) => Promise<Answer>> {
  const socket = new WebSocket(address);
  await once(socket, "open");
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: Answer };
    waiting.get(id)?.(result);
  };
  return (method, params) =>
    new Promise((resolve) => {
      const id = waiting.size + 1;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
}
