/** A process that sends the newsletter again and again, with the environment that it is given. To be killed. */
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { generatedIn } from "../../../build/generated.ts";
import { renewableModules } from "../../../dev/modules.ts";

const root = path.resolve(import.meta.dirname, "../../..");
renewableModules(root, { ...generatedIn(path.join(root, ".cache/test")) });
const { services } = await import("../../../functions/lib/services.ts");
const { sendDue } = await import("../../../functions/lib/newsletter/send.ts");
for (;;) {
  const now = performance.now();
  await sendDue(services(), { claimUntil: now + 60_000, endBy: now + 60_000 });
  await wait(20);
}
