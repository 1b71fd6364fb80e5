/** The services of the doors that send mail. Apart from the others, whose bundles a mail library would make five times as large. */
import { type Mailer, smtpMailer } from "./mail/mailer.ts";
import { type Services, services } from "./services.ts";

export interface MailServices extends Services {
  readonly mailer: Mailer;
}

/** Throws ConfigError when the environment is not complete. Connects to nothing yet. */
export function mailServices(): MailServices {
  const shared = services();
  return { ...shared, mailer: smtpMailer(shared.config) };
}
