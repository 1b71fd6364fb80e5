/** The page of an article that holds everything Markdown can do, made as the build makes it. */
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postPage from "../../_includes/layouts/post.11ty.ts";
import { type LoadedContent, loadContent } from "../../site/content/load.ts";
import { buildAssets } from "../../site/publish/assets.ts";
import { contentSecurityPolicy } from "../../site/publish/headers.ts";
import { articleMail } from "../../site/publish/mail/article.ts";
import { publishPictures } from "../../site/publish/pictures.ts";
import { SiteModel } from "../../site/template.ts";
import { root } from "./site.ts";

export interface TorturePage {
  readonly html: string;
  /** What the host would send with it. */
  readonly policy: string;
  readonly problems: LoadedContent["problems"];
  /** The article as subscribers get it. */
  readonly mail: string;
}

export async function torturePage(): Promise<TorturePage> {
  const site = await folder();
  const { blog, problems } = await loadContent(site);
  await rm(site, { recursive: true });
  const assets = await buildAssets(root);
  if (!blog) return { html: "", policy: "", problems, mail: "" };
  const slug = "torture";
  const html = postPage({ model: new SiteModel(blog, assets, false), page: { url: `/posts/${slug}/` }, slug }).markup;
  const { posts, site: facts } = publishPictures(blog, false).blog;
  const mails = posts.map((one) => articleMail(one, facts).mail.html);
  return { html, policy: contentSecurityPolicy(assets), problems, mail: mails.join() };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  const post = path.join(made, "posts/torture");
  await cp(path.join(root, "tests/fixtures/good/_data"), path.join(made, "_data"), { recursive: true });
  await mkdir(post, { recursive: true });
  await cp(path.join(root, "tests/fixtures/torture/torture.md"), path.join(post, "index.md"));
  await cp(path.join(root, "tests/fixtures/torture/dot.png"), path.join(post, "dot.png"));
  return made;
}
