/** What the sweep knows of the built feeds. */
import built from "#feeds" with { type: "json" };
import type { FeedNews } from "../../../site/publish/feeds/news.ts";

export const feedNews: FeedNews = built;
