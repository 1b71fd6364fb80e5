/** What pages say to programs as JSON-LD, on the repository's own site and on one whose talks and publications are known whole. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyDataWithoutPosts } from "../../bench/data-without-posts.ts";
import { generatedIn } from "../../build/generated.ts";
import { buildSite } from "../../build/site.ts";
import { root, siteUrl } from "../setup/site.ts";
import { post } from "../site/site-in-a-folder.ts";
import { type BuiltPage, builtPages } from "./built-site.ts";

type Thing = Readonly<Record<string, unknown>>;

/** Properties that a type must have, and who says so. A path leads into nested things; a type without rules of its own has those of its readers. */
const required: Readonly<Record<string, { readonly has: readonly string[]; readonly source: string }>> = {
  WebSite: { has: ["name", "url"], source: "https://developers.google.com/search/docs/appearance/site-names" },
  SearchAction: {
    has: ["target.urlTemplate", "query-input"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/sitelinks-searchbox",
  },
  ProfilePage: {
    has: ["mainEntity"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/profile-page",
  },
  Person: {
    has: ["name"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/profile-page",
  },
  // Google requires nothing of an article and recommends these.
  BlogPosting: {
    has: ["headline", "image", "datePublished", "dateModified", "author.name", "author.url", "url", "isPartOf"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/article",
  },
  ScholarlyArticle: {
    has: ["headline", "author"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/article",
  },
  BreadcrumbList: {
    has: ["itemListElement"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/breadcrumb",
  },
  ListItem: {
    has: ["name", "position"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/breadcrumb",
  },
  Event: {
    has: ["name", "startDate", "location"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/event",
  },
  Place: {
    has: ["name", "address"],
    source: "https://developers.google.com/search/docs/appearance/structured-data/event",
  },
  // schema.org requires no property of any type; a thing without a name is of use to nobody.
  CreativeWorkSeries: { has: ["name", "url", "hasPart"], source: "https://schema.org/CreativeWorkSeries" },
  CreativeWork: { has: ["name"], source: "https://schema.org/CreativeWork" },
  EducationalOccupationalCredential: {
    has: ["name", "credentialCategory"],
    source: "https://schema.org/EducationalOccupationalCredential",
  },
  PresentationDigitalDocument: { has: ["name", "url"], source: "https://schema.org/PresentationDigitalDocument" },
  Organization: { has: ["name"], source: "https://schema.org/Organization" },
  Role: { has: ["roleName"], source: "https://schema.org/Role" },
  EntryPoint: { has: ["urlTemplate"], source: "https://schema.org/EntryPoint" },
  WebPage: { has: ["name", "url"], source: "https://schema.org/WebPage" },
  AboutPage: { has: ["name", "url"], source: "https://schema.org/AboutPage" },
  CollectionPage: { has: ["name", "url"], source: "https://schema.org/CollectionPage" },
  ContactPage: { has: ["name", "url"], source: "https://schema.org/ContactPage" },
  SearchResultsPage: { has: ["name", "url"], source: "https://schema.org/SearchResultsPage" },
};

const scripts = ({ document }: BuiltPage) => document.querySelectorAll('script[type="application/ld+json"]');

/** The things of a page, as a reader of JSON-LD gets them. */
function graphOf(page: BuiltPage): readonly Thing[] {
  const [script] = scripts(page);
  const { "@context": context, "@graph": things } = JSON.parse(script?.rawText ?? "{}");
  expect(context, page.url).toBe("https://schema.org");
  return things;
}

/** A thing and all things within it. */
function within(value: unknown): readonly Thing[] {
  if (Array.isArray(value)) return value.flatMap(within);
  if (typeof value !== "object" || value === null) return [];
  return [value as Thing, ...Object.values(value).flatMap(within)];
}

const typesOf = ({ "@type": type }: Thing) => [type].flat() as string[];
const isReference = (thing: Thing) => Object.keys(thing).join() === "@id";
const typed = (thing: Thing, type: string) => typesOf(thing).includes(type);

function valueAt(thing: Thing, place: string): unknown {
  return place.split(".").reduce<unknown>((value, name) => (value as Thing | undefined)?.[name], thing);
}

/** What holds of every page of every site. */
function checkGraphs(pages: readonly BuiltPage[]): void {
  const found = pages.filter(({ document }) => document.querySelector('link[rel="canonical"]'));
  const things = found.flatMap((page) => within(graphOf(page)));
  const defined = new Set(things.filter((thing) => !isReference(thing)).map((thing) => thing["@id"]));
  for (const page of pages) expect.soft(scripts(page).length, page.url).toBe(found.includes(page) ? 1 : 0);
  for (const page of found) {
    const graph = graphOf(page);
    expect
      .soft(
        graph.some((thing) => typed(thing, "BreadcrumbList")),
        page.url,
      )
      .toBe(page.url !== "/");
    for (const thing of within(graph)) {
      if (isReference(thing)) expect.soft(defined.has(thing["@id"]), `${page.url} names ${thing["@id"]}`).toBe(true);
      else checkThing(thing, page.url);
    }
  }
}

function checkThing(thing: Thing, url: string): void {
  const types = typesOf(thing);
  expect.soft(types, `${url}: ${JSON.stringify(thing)}`).not.toEqual([undefined]);
  for (const type of types) {
    const missing = required[type]?.has.filter((place) => valueAt(thing, place) === undefined);
    expect.soft(missing, `${type} on ${url}, as ${required[type]?.source ?? "nobody"} says`).toEqual([]);
  }
  const empty = Object.entries(thing).filter(([, value]) => value === null || value === "" || String(value) === "");
  expect.soft(empty, url).toEqual([]);
}

describe("the repository's own site", async () => {
  const pages = await builtPages();
  const at = (url: string) => {
    const page = pages.find((one) => one.url === url);
    if (!page) throw new Error(`no page at ${url}`);
    return graphOf(page);
  };
  const only = (url: string, type: string) => {
    const [thing, ...more] = at(url).filter((one) => typed(one, type));
    expect(more).toEqual([]);
    return thing;
  };

  test("has one graph on every page that may be found, whose things are whole and known where they are named", () => {
    checkGraphs(pages);
  });

  test("describes itself, its owner and its search on the first page", () => {
    expect(only("/", "WebSite")).toMatchObject({ name: "Exactly Once", url: `${siteUrl}/` });
    expect(JSON.stringify(at("/"))).toContain(`${siteUrl}/search/?q={search_term_string}`);
    const credentials = only("/", "Person")?.["hasCredential"] as readonly Thing[];
    expect(credentials).toMatchObject([{ "@type": "EducationalOccupationalCredential", dateCreated: "2022" }]);
    expect(only("/about/", "Person")).toEqual(only("/", "Person"));
    expect(only("/about/", "ProfilePage")?.["mainEntity"]).toEqual({ "@id": only("/", "Person")?.["@id"] });
  });

  test("says of an article who wrote it, where it stands, and what it is a part of", () => {
    const url = "/posts/exactly-once-in-production/";
    const series = only("/series/exactly-once/", "CreativeWorkSeries");
    expect(only(url, "BlogPosting")).toMatchObject({
      inLanguage: "en",
      position: 2,
      isPartOf: [{ "@id": only("/", "WebSite")?.["@id"] }, { "@id": series?.["@id"] }],
      author: { "@id": only("/", "Person")?.["@id"] },
    });
    expect(series?.["hasPart"]).toContainEqual({ "@id": only(url, "BlogPosting")?.["@id"] });
    const crumbs = only(url, "BreadcrumbList")?.["itemListElement"] as readonly Thing[];
    expect(crumbs.map(({ position, item }) => [position, item])).toEqual([
      [1, `${siteUrl}/`],
      [2, `${siteUrl}/posts/`],
      [3, undefined],
    ]);
    expect(crumbs[2]?.["name"]).toBe(only(url, "BlogPosting")?.["headline"]);
  });

  test("calls a case study a work, and neither a talk without a place an event nor a list of journals an article", () => {
    expect(only("/work/real-time-risk/", "CreativeWork")).toMatchObject({ genre: "Case study" });
    const types = pages.flatMap((page) => (scripts(page).length > 0 ? within(graphOf(page)).flatMap(typesOf) : []));
    expect(types.filter((type) => type === "Event" || type === "ScholarlyArticle")).toEqual([]);
    const talks = at("/about/").filter(({ genre }) => genre === "Talk");
    expect(talks.map(({ dateCreated }) => dateCreated)).toEqual(["2023", "2023"]);
  });
});

describe("a site whose talks and publications are known whole", () => {
  const output = path.join(root, ".cache/test/talks");
  const talkUrl = "/talks/queues-for-people/";
  let folder: string;
  let pages: ReadonlyMap<string, BuiltPage>;

  const achievements = [
    {
      kind: "talk",
      title: "Queues, for people",
      abstract: "What happens to those who wait, and what a program can do about it.",
      event: "A Conference",
      place: "Lisbon, Portugal",
      date: "2024-05-04",
      slides: "https://slides.example/queues",
      video: "https://video.example/queues",
      technologies: ["Kafka"],
      posts: ["queues"],
    },
    { kind: "talk", title: "Only heard of", when: "2021", technologies: ["Kafka"] },
    { kind: "publication", title: "On Queues", venue: "A Journal", when: "2022", url: "https://papers.example/1" },
    { kind: "certification", title: "Queue keeper", expires: "2027-03", verify: "https://check.example/1" },
  ];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "firstflight-talks-"));
    await copyDataWithoutPosts(root, folder);
    await mkdir(path.join(folder, "posts"));
    await writeFile(path.join(folder, "_data/achievements.json"), JSON.stringify(achievements));
    await writeFile(path.join(folder, "posts/queues.md"), post({ title: "Queues", tags: "[kafka]" }));
    const generated = generatedIn(folder);
    await buildSite({ root, content: folder, output, generated, siteUrl, isPreview: false });
    pages = new Map((await builtPages(output)).map((page) => [page.url, page]));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const at = (url: string) => {
    const page = pages.get(url);
    if (!page) throw new Error(`no page at ${url}`);
    return page;
  };
  const linksOf = (url: string) =>
    at(url)
      .document.querySelectorAll("main a")
      .map((link) => link.getAttribute("href"));

  test("has one graph on every page that may be found, whose things are whole and known where they are named", () => {
    checkGraphs([...pages.values()]);
  });

  test("gives a talk a page with all that is known, a card and an event", () => {
    const { document } = at(talkUrl);
    const text = document.querySelector("main")?.text;
    for (const part of ["What happens to those who wait", "A Conference", "Lisbon, Portugal", "2024-05-04"])
      expect.soft(text).toContain(part);
    const slidesAndVideo = ["https://slides.example/queues", "https://video.example/queues"];
    expect(linksOf(talkUrl)).toEqual(expect.arrayContaining(slidesAndVideo));
    const card = document.querySelector('meta[property="og:image"]')?.getAttribute("content");
    expect(card).toMatch(/\/assets\/cards\/talk-/);
    expect(graphOf(at(talkUrl))[0]).toMatchObject({
      "@type": "Event",
      name: "Queues, for people",
      startDate: "2024-05-04",
      location: { "@type": "Place", name: "Lisbon, Portugal" },
      superEvent: { name: "A Conference" },
      image: card,
    });
  });

  test("ties a talk to its technologies and posts both ways, and gives no page to one of which nothing is known", () => {
    expect(linksOf(talkUrl)).toEqual(expect.arrayContaining(["/technologies/kafka/", "/posts/queues/"]));
    for (const url of ["/technologies/kafka/", "/about/", "/", "/posts/queues/"])
      expect.soft(linksOf(url), url).toContain(talkUrl);
    expect(linksOf("/tags/kafka/")).toContain("/technologies/kafka/");
    expect([...pages.keys()].filter((url) => url.startsWith("/talks/"))).toEqual([talkUrl]);
  });

  test("names a talk to search engines and language models", async () => {
    const [sitemap, llms] = await Promise.all(
      ["sitemap.xml", "llms.txt"].map((file) => readFile(path.join(output, file), "utf8")),
    );
    expect(sitemap).toContain(`<loc>${siteUrl}${talkUrl}</loc>`);
    expect(llms).toContain(`- [Queues, for people](${siteUrl}${talkUrl}): What happens to those who wait,`);
  });

  test("says when a certificate ends and who can confirm it, and what an article appeared in", () => {
    const things = within(graphOf(at("/about/")));
    expect(things.find((thing) => typed(thing, "EducationalOccupationalCredential"))).toMatchObject({
      expires: "2027-03",
      url: "https://check.example/1",
    });
    expect(things.find((thing) => typed(thing, "ScholarlyArticle"))).toMatchObject({
      headline: "On Queues",
      datePublished: "2022",
      isPartOf: { name: "A Journal" },
    });
  });
});
