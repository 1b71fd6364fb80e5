/** Where links and pictures of an imported post lead from now on. */
import path from "node:path";
import { referenceScheme } from "./body.ts";
import type { Resolve, Resolved } from "./markdown/addresses.ts";
import { decoded, wordsOf } from "./names.ts";
import { type Attachments, findFile } from "./pictures.ts";
import type { OldAddresses, PlannedPost } from "./site-plan.ts";
import type { SourceBlog, SourcePost, Tell } from "./source-post.ts";
import { shortened } from "./templates/carry-over.ts";

export interface Surroundings {
  readonly blog: SourceBlog;
  readonly planned: readonly PlannedPost[];
  readonly old: OldAddresses;
  /** Names of places in the new text of a post. */
  readonly ids: ReadonlyMap<PlannedPost, ReadonlySet<string>>;
  /** Host of our site. */
  readonly host: string;
  /** Milliseconds; posts of later moments are not public yet. */
  readonly now: number;
}

interface Visit extends Surroundings {
  readonly post: PlannedPost;
  readonly files: Attachments;
  readonly tell: Tell;
}

export function resolver(surroundings: Surroundings, post: PlannedPost, files: Attachments, tell: Tell): Resolve {
  const visit = { ...surroundings, post, files, tell };
  return (kind, address, at) =>
    kind === "picture" ? resolvePicture(visit, address, at) : resolveLink(visit, address, at);
}

function resolvePicture(visit: Visit, address: string, at: number): Resolved {
  const { blog, post, files, tell } = visit;
  const alt = wordsOf(address);
  if (/^data:/i.test(address)) return { address, alt };
  const local = onOldSite(visit, address);
  const file = findFile(blog, post.source, local ?? address);
  if (file) return { address: files.add(file), alt };
  if (isElsewhere(address)) {
    const whole = address.startsWith("//") ? `https:${address}` : address;
    if (!URL.canParse(whole)) return gone(tell, at, "picture", `picture ${address}, which is no address`);
    tell(at, "picture", `picture on another site, ${address}`, "stays a link to it");
    return { address: whole, alt };
  }
  return gone(tell, at, "picture", `picture ${address || "without an address"} was not found`);
}

function resolveLink(visit: Visit, address: string, at: number): Resolved {
  const { blog, post, files, tell, planned, old } = visit;
  if (address.startsWith("#")) return anchored(visit, post, "", address.slice(1), at);
  if (address.startsWith(referenceScheme)) {
    const [number = "", anchor = ""] = address.slice(referenceScheme.length).split("#");
    const target = planned[Number.parseInt(number, 10)];
    return target && toPost(visit, target, anchor, at);
  }
  const hash = /#(.*)$/s.exec(address)?.[1] ?? "";
  const known = visit.old.atAddress(address);
  if (known) return toPost(visit, known, hash, at);
  const own = onOldSite(visit, address);
  if (isElsewhere(address) && own === undefined) {
    if (/^(?:javascript|vbscript|file|data):/i.test(address))
      return gone(tell, at, "link", `link to ${shortened(address)}, to which no page may link`);
    if (URL.canParse(address, "https://site")) return undefined;
    return gone(tell, at, "link", `link to ${address}, which is no address`);
  }
  const local = own ?? address;
  if (isHome(blog, local)) return { address: "/" };
  const file = /\.\w+$/.test(local.replace(/[?#].*$/, "")) ? findFile(blog, post.source, local) : undefined;
  const target = postAt(visit, local) ?? (file ? old.atFile(file) : undefined) ?? postBelowRoot(visit, local);
  if (target) return toPost(visit, target, hash, at);
  if (file && !page.test(file)) return { address: files.add(file) + (hash && `#${hash}`) };
  if (mailAddress.test(local)) {
    tell(at, "link", `link to ${local}`, "it became one to the mail address");
    return { address: `mailto:${local}` };
  }
  return leadsNowhere(visit, local, at);
}

const mailAddress = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i;
/** What is a page of the old site, or what one was made of, is no file to give to readers. */
const page = /\.(?:md|mdx|markdown|mdown|mkdn?|x?html?|njk|liquid|hbs|pug|astro|php)$/i;

function isHome({ basePath }: SourceBlog, address: string): boolean {
  const plain = address.replace(/[?#].*$/, "").replace(/\/?(?:index\.html?)?$/, "");
  return address.startsWith("/") && (plain === "" || plain === basePath.replace(/\/$/, ""));
}

/** For a path whose author forgot the slash in front. */
function postBelowRoot({ old }: Visit, address: string): PlannedPost | undefined {
  return /^[\w-]+\/./.test(address) ? old.atPath(`/${address}`) : undefined;
}

function postAt({ blog, post, old }: Visit, address: string): PlannedPost | undefined {
  const plain = decoded(address.replace(/[?#].*$/, ""));
  if (plain.startsWith("@/")) return old.named(plain.slice(2));
  if (!plain.startsWith("/") && post.source.file) {
    const file = path.resolve(path.dirname(post.source.file), plain);
    const found = old.atFile(file);
    if (found) return found;
  }
  const seen = seenFrom(post.source, address);
  const byFile =
    plain.startsWith("/") && /\.(?:md|mdx|markdown)$/i.test(plain)
      ? old.atFile(path.join(blog.root, plain))
      : undefined;
  return (seen === undefined ? undefined : old.atPath(seen)) ?? byFile;
}

function seenFrom(post: SourcePost, address: string): string | undefined {
  const base = `http://old${encodeURI(post.address ?? "/")}`;
  return URL.canParse(address, base) ? new URL(address, base).pathname : undefined;
}

/** Path of an address on the old site or on ours; undefined for addresses that are relative, or elsewhere. */
function onOldSite({ blog, host }: Visit, address: string): string | undefined {
  if (!/^(?:https?:)?\/\//i.test(address) || !URL.canParse(address, "https://site")) return undefined;
  const url = new URL(address, "https://site");
  const isOwn = [...blog.hosts, host].some((one) => plainHost(one) === plainHost(url.host));
  return isOwn ? url.pathname + url.search + url.hash : undefined;
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}

function toPost(visit: Visit, target: PlannedPost, anchor: string, at: number): Resolved {
  const { post, tell, now } = visit;
  const isLaterThanPost = target.moment > post.moment && target.moment > now;
  if (target !== post && !post.source.draft && (target.source.draft || isLaterThanPost)) {
    const what = target.source.draft ? "is a draft" : "goes live after this post";
    return gone(tell, at, "link", `link to "${target.source.title}", which ${what}`);
  }
  return anchored(visit, target, target.url, anchor, at) ?? { address: `${target.url}#${anchor}` };
}

/** Engines name places in a text in their own ways; what has the same letters is the same place. */
function anchored({ ids, tell }: Visit, target: PlannedPost, url: string, anchor: string, at: number): Resolved {
  const known = ids.get(target) ?? new Set();
  const name = decoded(anchor);
  if (!name) return url ? { address: url } : undefined;
  if (known.has(name)) return url ? { address: `${url}#${name}` } : undefined;
  const same = [...known].find((id) => letters(id) === letters(name));
  if (same) return { address: `${url}#${same}` };
  tell(
    at,
    "link",
    `link to "#${name}", which is no heading of ${url ? target.url : "this post"}`,
    url ? "leads to the beginning" : "leads to the post",
  );
  return { address: target.url };
}

function letters(id: string): string {
  return id.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** On the old site, or in its folders, and nothing that was imported. */
function leadsNowhere({ post, tell }: Visit, address: string, at: number): Resolved {
  const seen = seenFrom(post.source, address);
  const isPath = address.startsWith("/") && !address.startsWith("/posts/") && seen !== undefined;
  if (address === "/posts/" || address === "/posts") return { address: "/posts/" };
  if (isPath) {
    tell(at, "link", `link to ${address}, which is no imported post`, "stays a link to that path of this site");
    return { address };
  }
  return gone(tell, at, "link", `link to ${address || "nothing"}, which is no imported post`);
}

function gone(tell: Tell, at: number, code: "link" | "picture", problem: string): Resolved {
  tell(at, code, problem, code === "link" ? "its words stay, without the link" : "left in the post as a comment");
  return { isGone: true };
}

function isElsewhere(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);
}
