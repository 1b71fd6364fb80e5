import { expect, it } from "vitest";
import bounces from "../../functions/bounces.ts";
import confirm from "../../functions/confirm.ts";
import contact from "../../functions/contact.ts";
import health from "../../functions/health.ts";
import { config } from "../../functions/lib/config.ts";
import { keyRing } from "../../functions/lib/keys.ts";
import { addressToken, confirmToken, subscriberToken } from "../../functions/lib/newsletter/tokens.ts";
import preferences from "../../functions/preferences.ts";
import preview from "../../functions/preview.ts";
import subscribe from "../../functions/subscribe.ts";
import sweep from "../../functions/sweep.ts";
import unsubscribe from "../../functions/unsubscribe.ts";
import views from "../../functions/views.ts";
import { post } from "./support/contact.ts";
import { everything, sql } from "./support/database.ts";
import { browser, form, send } from "./support/doors.ts";
import { startFresh } from "./support/fresh-start.ts";

const opened = startFresh();

it("changes nothing by GET, HEAD or OPTIONS, however often any address of it is opened", async () => {
  await post();
  await send(subscribe, "/api/subscribe", form({ email: "bea@reader.example" }));
  const [{ id }] = (await sql`SELECT id FROM subscriber`) as unknown as [{ id: string }];
  const keys = keyRing(config().tokenKeys);
  const link = { subscriberId: id, consentNo: 1, expiresAt: Math.floor(Date.now() / 1000) + 600 };
  const addresses = [
    [contact, `/api/contact?${new URLSearchParams({ name: "a", email: "a@b.example", message: "m" })}`],
    [views, "/api/views"],
    [subscribe, "/api/subscribe?email=a@b.example"],
    [health, "/api/health"],
    [confirm, `/newsletter/confirm?token=${confirmToken(keys, link)}`],
    [confirm, `/newsletter/confirm?token=${addressToken(keys, { ...link, changeId: "1" })}&person=yes`],
    [bounces, "/api/bounces"],
    [unsubscribe, `/newsletter/unsubscribe?token=${subscriberToken(keys, "unsubscribe", id)}`],
    [preferences, `/newsletter/preferences?token=${subscriberToken(keys, "preferences", id)}&action=erase&sure=yes`],
    [preview, "/preview/none/"],
    [sweep, "/"],
  ] as const;
  const before = await everything();
  const mails = opened.mailbox.deliveries.length;
  for (const [door, address] of addresses) {
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      for (let n = 0; n < 100; n += 1) await send(door, address, { method, headers: browser });
    }
  }
  expect(await everything()).toBe(before);
  expect(opened.mailbox.deliveries).toHaveLength(mails);
});
