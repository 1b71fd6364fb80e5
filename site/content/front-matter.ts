/** What stands between the two lines of `---` at the top of a post. The descriptions make the reference in docs/writing.md. */
import * as v from "valibot";
import { httpUrl, isoDate, kebab, languageTag, list, sitePath, text, yesOrNo } from "./values.ts";

const partNumber = v.pipe(
  v.number("must be a whole number"),
  v.integer("must be a whole number"),
  v.minValue(1, "must be 1 or more"),
);
const correction = v.strictObject({ date: isoDate, text });

const described = <S extends v.GenericSchema>(schema: S, words: string) => v.pipe(schema, v.description(words));

export const FrontMatter = v.strictObject({
  title: described(text, "The page's first-level heading, the feed's entry, the mail's subject."),
  description: described(text, "One sentence of 50 to 160 characters: under the title, in lists, in search results."),
  published: described(
    isoDate,
    "Date, or date and time. Without a time: midnight in the site's time zone. In the future: not public before.",
  ),
  updated: v.optional(described(isoDate, "When the text last changed in a way that readers care about.")),
  tags: described(list(kebab), "Topics, in lower case, words joined by `-`."),
  slug: v.optional(described(kebab, "Last part of the address, in place of the file's name without its date.")),
  aliases: described(list(sitePath), "Older addresses of the post on this site, oldest first. They redirect to it."),
  series: v.optional(
    described(text, "Name of the series that the post belongs to, the same in every part. It has a page of its own."),
  ),
  part: v.optional(described(partNumber, "Which part of the series it is, from 1. Needs `series`.")),
  draft: v.optional(described(yesOrNo, "Not public at all; shown and marked in `npm start`."), false),
  unlisted: v.optional(described(yesOrNo, "Has its page, but is in no list, feed, sitemap or search engine."), false),
  image: v.optional(
    described(
      text,
      "Picture for previews: a file in the post's folder, or a path on this site. Without one the build draws a card with the title, the date and the tags.",
    ),
  ),
  imageAlt: v.optional(described(text, "What the picture shows. Needed with `image`.")),
  canonical: v.optional(described(httpUrl, "Where the text was published first, if that was elsewhere.")),
  language: v.optional(described(languageTag, "Language of this post, when it is not the site's.")),
  newsletter: v.optional(described(yesOrNo, "`false`: subscribers get no mail about it."), true),
  toc: v.optional(described(yesOrNo, "`false`: no contents list."), true),
  corrections: described(list(correction), "What was wrong and has been mended: a `date` and a `text` each."),
  testedWith: described(list(text), "Versions that the article's code was run with."),
});
export type FrontMatter = v.InferOutput<typeof FrontMatter>;
