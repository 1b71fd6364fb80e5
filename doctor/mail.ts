/** The mail relay: reachable, encrypted, and content with the login. No mail is sent. */
import { createTransport } from "nodemailer";
import { errorCode } from "../functions/lib/log.ts";
import { isThisMachine, relayOptions } from "../functions/lib/mail/mailer.ts";
import { type Finding, ok, skipped, wrong } from "./finding.ts";

/** `smtpUrl` is absent when the environment has no usable one. */
export async function checkMail(smtpUrl: string | undefined): Promise<readonly Finding[]> {
  if (!smtpUrl) return [skipped("relay", "no SMTP_URL to try")];
  const transport = createTransport(relayOptions(smtpUrl));
  try {
    await transport.verify();
    const login = new URL(smtpUrl).username === "" ? "answers; SMTP_URL has no login" : "answers and takes the login";
    return [ok("relay", login), encryption(smtpUrl)];
  } catch (error) {
    return [refused(error)];
  } finally {
    transport.close();
  }
}

/** The mailer demands encryption wherever it sends a login; without one a relay that offers none gets mails in the clear. */
function encryption(smtpUrl: string): Finding {
  const { protocol, hostname, username } = new URL(smtpUrl);
  if (protocol === "smtps:") return ok("encryption", "from the start (smtps)");
  if (isThisMachine(hostname)) return ok("encryption", "not asked for: the relay is on this machine");
  if (username !== "") return ok("encryption", "demanded before the login (STARTTLS)");
  const remedy = "use smtps://, or a relay with a login";
  return wrong("encryption", "only if the relay offers it: mails may cross the net in the clear", { remedy });
}

/** By nodemailer's codes. */
const reasons: Readonly<Record<string, readonly [detail: string, remedy: string]>> = {
  EAUTH: [
    "refuses the login",
    "compare user and password of SMTP_URL with the provider's; encode @ : / in them as %40 %3A %2F",
  ],
  ENOAUTH: ["asks for a login", "put user and password into SMTP_URL"],
  EDNS: ["has a host name that nobody knows", "correct the host of SMTP_URL, or go online"],
  ETLS: [
    "offers no encryption that can be trusted",
    "use smtps:// with port 465, or smtp:// with 587, as the provider says",
  ],
  ETIMEDOUT: ["does not answer", "smtps:// goes with port 465, smtp:// with 587; some networks block both"],
  EPROTOCOL: ["answers, but not as a mail server", "compare host and port of SMTP_URL with the provider's"],
};

function refused(error: unknown): Finding {
  const code = codeOf(error);
  const [detail, remedy] = reasons[/CERT|SIGNED|ISSUER|^ERR_(?:SSL|TLS)/.test(code) ? "ETLS" : code] ?? [
    `cannot be reached${code ? ` (${code})` : ""}`,
    "compare scheme, host and port of SMTP_URL with the provider's",
  ];
  return wrong("relay", detail, { remedy, blocks: true });
}

/** Behind nodemailer's word for all troubles of a connection stands what Node.js said. */
function codeOf(error: unknown): string {
  const code = errorCode(error) ?? "";
  const original = error instanceof Error && "originalCode" in error ? error.originalCode : undefined;
  return code === "ESOCKET" && typeof original === "string" && /^\w{1,60}$/.test(original) ? original : code;
}
