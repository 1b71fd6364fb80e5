/** Renders pages one by one, as Eleventy renders them all: for `npm start`, where an edit changes few of them. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { SiteModel } from "../site/template.ts";

export interface Page {
  /** Path from the origin. */
  readonly url: string;
  /** What it shows of the blog, beside what an edit of a post cannot change; absent where nobody has said so. */
  readonly shows: readonly unknown[] | undefined;
  render(): string;
}

/** The part of Eleventy's templates that those of this project use. */
interface Template {
  readonly data: {
    readonly layout?: string;
    readonly permalink: string | ((data: object) => string);
    readonly pagination?: { readonly data: string; readonly size: number; readonly alias?: string };
  };
  render(data: object): unknown;
  shows?(data: object): readonly unknown[];
}

interface Laid extends Template {
  layout(data: object): unknown;
}

export interface Pages {
  /** Every page of a model, in no order. */
  of(model: SiteModel): Iterable<Page>;
}

/** Reads the templates of the project at `root`, absolute. */
export async function openPages(root: string): Promise<Pages> {
  const load = async (file: string) => import(pathToFileURL(path.join(root, file)).href);
  const names = (await readdir(path.join(root, "site/pages"))).filter((name) => name.endsWith(".11ty.ts"));
  const templates = await Promise.all(
    names.map(async (name): Promise<Laid> => {
      const template = (await load(`site/pages/${name}`)) as Template;
      const layout = template.data.layout;
      if (!layout) return { ...template, layout: (data) => (data as { content: unknown }).content };
      return { ...template, layout: (await load(`_includes/${layout}`)).default };
    }),
  );
  return {
    *of(model) {
      for (const template of templates) yield* pagesOf(template, model);
    },
  };
}

function* pagesOf(template: Laid, model: SiteModel): Generator<Page> {
  const { permalink } = template.data;
  for (const item of itemsOf(template, model)) {
    const url = typeof permalink === "string" ? permalink : permalink({ model, ...item });
    const data = { ...template.data, model, ...item, page: { url } };
    yield {
      url,
      get shows() {
        return template.shows?.(data);
      },
      render: () => String(template.layout({ ...data, content: template.render(data) })),
    };
  }
}

/** What each page of a template has of its own, by its alias. */
function* itemsOf({ data: { pagination } }: Template, model: SiteModel): Generator<Readonly<Record<string, string>>> {
  if (!pagination) return yield {};
  const { data, size, alias } = pagination;
  const keys = model[data.replace(/^model\./, "") as keyof SiteModel] as readonly string[];
  if (!alias || size !== 1) {
    if (keys.length > 0) yield {};
    return;
  }
  for (const key of keys) yield { [alias]: key };
}
