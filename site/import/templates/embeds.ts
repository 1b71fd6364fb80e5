/** Players and posts of other sites, which a page of ours does not load: links to them. */
import type { Carried } from "./carry-over.ts";

interface Service {
  readonly name: string;
  /** Address of what the service calls `id`. */
  readonly address: (id: string) => string;
}

const services: Readonly<Record<string, Service>> = {
  youtube: { name: "Video on YouTube", address: (id) => `https://www.youtube.com/watch?v=${id}` },
  vimeo: { name: "Video on Vimeo", address: (id) => `https://vimeo.com/${id}` },
  tweet: { name: "Post on X", address: (id) => `https://twitter.com/i/status/${id}` },
  instagram: { name: "Picture on Instagram", address: (id) => `https://www.instagram.com/p/${id}/` },
  gist: { name: "Code on GitHub", address: (id) => `https://gist.github.com/${id}` },
  github: { name: "Repository on GitHub", address: (id) => `https://github.com/${id}` },
  codepen: { name: "Example on CodePen", address: (id) => `https://codepen.io/${id}` },
  codesandbox: { name: "Example on CodeSandbox", address: (id) => `https://codesandbox.io/s/${id}` },
  stackblitz: { name: "Example on StackBlitz", address: (id) => `https://stackblitz.com/edit/${id}` },
  jsfiddle: { name: "Example on JSFiddle", address: (id) => `https://jsfiddle.net/${id}` },
  soundcloud: { name: "Recording on SoundCloud", address: (id) => `https://soundcloud.com/${id}` },
  spotify: { name: "Recording on Spotify", address: (id) => `https://open.spotify.com/${id.replaceAll(":", "/")}` },
  twitch: { name: "Video on Twitch", address: (id) => `https://www.twitch.tv/videos/${id}` },
  stackoverflow: { name: "Answer on Stack Overflow", address: (id) => `https://stackoverflow.com/a/${id}` },
  wikipedia: { name: "Article on Wikipedia", address: (id) => `https://en.wikipedia.org/wiki/${id}` },
  asciinema: { name: "Recording on asciinema", address: (id) => `https://asciinema.org/a/${id}` },
};
const otherNames: Readonly<Record<string, string>> = {
  twitter: "tweet",
  x: "tweet",
  yt: "youtube",
  fiddle: "jsfiddle",
};

/** Names of tags that stand for an embed in one engine or another. */
export const embedNames: readonly string[] = [...Object.keys(services), ...Object.keys(otherNames)];

export interface EmbedLink {
  readonly name: string;
  readonly href: string;
}

/** `idOrAddress` as the author gave it; `undefined` where that makes no link. */
export function embed(name: string, idOrAddress: string): Carried | undefined {
  const link = embedLink(name, idOrAddress);
  return link && { text: `[${link.name}](${link.href})`, told: "became a link" };
}

export function embedLink(name: string, idOrAddress: string): EmbedLink | undefined {
  const service = services[otherNames[name] ?? name];
  const id = idOrAddress.trim();
  if (!service || !id) return undefined;
  if (/^https?:\/\//i.test(id)) return { name: service.name, href: id };
  return /^[\w@:./-]+$/.test(id) ? { name: service.name, href: service.address(id) } : undefined;
}

const hosts: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be)$/, "youtube"],
  [/(?:^|\.)vimeo\.com$/, "vimeo"],
  [/^(?:mobile\.)?(?:twitter|x)\.com$/, "tweet"],
  [/^instagram\.com$/, "instagram"],
  [/^gist\.github\.com$/, "gist"],
  [/^codepen\.io$/, "codepen"],
  [/^codesandbox\.io$/, "codesandbox"],
  [/^stackblitz\.com$/, "stackblitz"],
  [/^jsfiddle\.net$/, "jsfiddle"],
  [/(?:^|\.)soundcloud\.com$/, "soundcloud"],
  [/^open\.spotify\.com$/, "spotify"],
  [/(?:^|\.)twitch\.tv$/, "twitch"],
  [/^asciinema\.org$/, "asciinema"],
];

/** What an address of a known service leads to: `Video on YouTube`. */
export function serviceAt(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const host = new URL(address).hostname.replace(/^www\./, "");
  const [, name = ""] = hosts.find(([pattern]) => pattern.test(host)) ?? [];
  return services[name]?.name;
}

/** The page behind the address of a frame. */
export function frameLink(src: string): EmbedLink | undefined {
  const address = src.trim().replace(/^\/\//, "https://");
  if (!URL.canParse(address) || !/^https?:/i.test(address)) return undefined;
  const url = new URL(address);
  const name = serviceAt(address) ?? `Content on ${url.hostname.replace(/^www\./, "")}`;
  return { name, href: pageOf(url) ?? address };
}

/** Where a frame and the page that it shows have different addresses. */
function pageOf({ hostname, pathname, href }: URL): string | undefined {
  const last = pathname.split("/").filter(Boolean).at(-1) ?? "";
  if (/(^|\.)youtube(-nocookie)?\.com$/.test(hostname) && pathname.startsWith("/embed/"))
    return `https://www.youtube.com/watch?v=${last}`;
  if (hostname === "player.vimeo.com") return `https://vimeo.com/${last}`;
  if (hostname === "gist.github.com") return href.replace(/\.js(\?.*)?$/, "");
  if (hostname === "codepen.io") return `https://codepen.io${pathname.replace("/embed/", "/pen/")}`;
  return undefined;
}
