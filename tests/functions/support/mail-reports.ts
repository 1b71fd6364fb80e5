/** Reports of a mail provider, as its documentation shows them, signed as it signs. */
import { createHmac } from "node:crypto";
import bounces from "../../../functions/bounces.ts";
import { send } from "./doors.ts";
import { setEnvironment } from "./environment.ts";
import type { Mailbox } from "./mailbox.ts";
import { email } from "./newsletter.ts";

const secret = Buffer.alloc(24, 3);

/** The door is there from now on. */
export async function takeReports({ url }: Mailbox): Promise<void> {
  await setEnvironment({ SMTP_URL: url, MAIL_WEBHOOK_SECRET: `whsec_${secret.toString("base64")}` });
}

export const now = () => Math.floor(Date.now() / 1000);

export interface Event {
  readonly type: string;
  readonly created_at?: string;
  readonly data?: object;
}

export function event(type: string, more: object = {}, createdAt = new Date()): Event {
  const data = {
    broadcast_id: null,
    created_at: createdAt.toISOString(),
    email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
    from: "Exactly Once <blog@exactly-once.example>",
    to: [email],
    subject: "A post",
    ...more,
  };
  return { type, created_at: createdAt.toISOString(), data };
}

export const bounced = (type = "Permanent", at?: Date) =>
  event("email.bounced", { bounce: { message: "no such user", subType: "General", type } }, at);
export const complained = (at?: Date) => event("email.complained", {}, at);

/** Signed as Svix signs, https://docs.svix.com/receiving/verifying-payloads/how-manual */
export function report(value: Event | string, { key = secret, timestamp = now(), spoil = "" } = {}) {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  const signature = createHmac("sha256", key).update(`msg_1.${timestamp}.${body}`).digest("base64");
  const headers = {
    "Content-Type": "application/json",
    "svix-id": "msg_1",
    "svix-timestamp": String(timestamp),
    "svix-signature": `v1,${Buffer.alloc(32).toString("base64")} v1,${signature} v2,x`,
  };
  return send(bounces, "/api/bounces", { method: "POST", body: body + spoil, headers });
}
