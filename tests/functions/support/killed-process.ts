/** A process that does one thing of the newsletter, with the environment that it is given. To be killed: `node killed-process.ts send|publish|confirm [JSON]`. */
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "@netlify/functions";
import { generatedIn } from "../../../build/generated.ts";
import { renewableModules } from "../../../dev/modules.ts";

const root = path.resolve(import.meta.dirname, "../../..");
renewableModules(root, { ...generatedIn(path.join(root, ".cache/test")) });
const [task = "", input = "null"] = process.argv.slice(2);

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  /** Again and again. */
  async send() {
    const { services } = await import("../../../functions/lib/services.ts");
    const { sendDue } = await import("../../../functions/lib/newsletter/send.ts");
    for (;;) {
      const now = performance.now();
      await sendDue(services(), { claimUntil: now + 60_000, endBy: now + 60_000 });
      await wait(20);
    }
  },
  /** The newsletter's step of a sweep, of a site with the posts of the input and no time to cool. */
  async publish() {
    const { services } = await import("../../../functions/lib/services.ts");
    const { publish } = await import("../../../functions/lib/newsletter/publish.ts");
    const { site, ...rest } = services();
    const hasty = { ...site, site: { ...site.site, newsletterCoolingMinutes: 0 } };
    await publish({ ...rest, site: hasty }, JSON.parse(input));
  },
  /** The press of the button, with the token of the input. */
  async confirm() {
    const { default: confirm } = await import("../../../functions/confirm.ts");
    const body = new URLSearchParams({ token: JSON.parse(input) });
    const request = new Request("https://exactly-once.example/newsletter/confirm", { method: "POST", body });
    await confirm(request, { ip: "203.0.113.7", requestId: "killed" } as Context);
  },
};
await tasks[task]?.();
process.exit();
