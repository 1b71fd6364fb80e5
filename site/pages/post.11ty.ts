/** Every article, from one template over the loaded posts. */
import { placeIn } from "../content/blog.ts";
import { seriesOf } from "../content/series.ts";
import type { TemplateData } from "../template.ts";

type PostData = TemplateData & { readonly slug: string };

export const data = {
  layout: "layouts/post.11ty.ts",
  pagination: { data: "model.postSlugs", size: 1, alias: "slug" },
  permalink: ({ model, slug }: PostData): string => model.post(slug).url,
};

export const render = (): string => "";

/** `npm start` renders an article again when one of these has changed. */
export function shows({ model, slug }: PostData): readonly unknown[] {
  const { blog } = model;
  const post = model.post(slug);
  const at = placeIn(blog.listed, post);
  const related = model.relatedTo(post).flatMap((one) => [one.post, one.reason]);
  return [post, blog.listed[at - 1], blog.listed[at + 1], ...(seriesOf(blog, post)?.parts ?? []), ...related];
}
