/** Fetches the mail of a post from the own site, where the build put it, and makes sure that it is that mail. */
import { createHash } from "node:crypto";
import { type ArticleMail, mailHoles } from "../../../site/publish/article-mail.ts";
import { limits } from "../limits.ts";

/** `path` from the origin; its name has the hash. Rejects unless the file is there, whole and a mail. */
export async function fetchArticleMail(siteUrl: string, path: string): Promise<ArticleMail> {
  const response = await fetch(new URL(path, siteUrl), {
    redirect: "error",
    signal: AbortSignal.timeout(limits.ownSiteWaitMs),
  });
  if (!response.ok) throw failure(`HTTP_${response.status}`);
  return parseArticleMail(path, await readAtMost(response, limits.articleMailMaxBytes));
}

/** Throws when the content is not that of the path, or no mail, or one that nobody could leave. */
export function parseArticleMail(path: string, content: Buffer): ArticleMail {
  const named = /\.([\da-f]{16})\.json$/.exec(path)?.[1];
  if (createHash("sha256").update(content).digest("hex").slice(0, 16) !== named) throw failure("HASH");
  const mail: unknown = JSON.parse(content.toString("utf8"));
  if (!isArticleMail(mail)) throw failure("SHAPE");
  return mail;
}

const texts = ["key", "url", "title", "description", "published", "language", "subject", "preview", "html", "text"];

function isArticleMail(value: unknown): value is ArticleMail {
  const mail = Object(value) as Partial<ArticleMail> & Readonly<Record<string, unknown>>;
  return (
    texts.every((name) => typeof mail[name] === "string") &&
    Array.isArray(mail.tags) &&
    mail.tags.every((tag) => typeof tag === "string") &&
    [mail.html, mail.text].every((part) => part?.includes(mailHoles.unsubscribe))
  );
}

async function readAtMost(response: Response, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > maxBytes) throw failure("SIZE");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function failure(code: string): Error {
  return Object.assign(new Error("the mail of a post cannot be used"), { code });
}
