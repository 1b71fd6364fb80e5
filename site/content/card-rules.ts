/** Titles that no card can show, told where they are written. */
import { missingLetter } from "../cards/letters.ts";
import type { DataFile, LoadedData } from "./data.ts";
import type { LoadedPost } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import type { ProblemWords } from "./source.ts";
import { isTalk } from "./talks.ts";

/** A site whose own title cannot be drawn is told of that once, and not of each of its posts. */
export function cardProblems(
  { site, "case-studies": studies, achievements }: LoadedData,
  posts: readonly LoadedPost[],
): readonly ContentProblem[] {
  const own = site ? wordsAbout(site.value.title, "links to the site's pages are shown without a picture") : [];
  if (site && own.length > 0) return own.map((words) => site.at(["title"], words));
  return [...posts.flatMap(aboutPost), ...aboutTitles(studies), ...aboutTitles(achievements, isTalk)];
}

const instead = "the card of the whole site stands for it where links are shown";

function aboutPost({ post, atKey }: LoadedPost): readonly ContentProblem[] {
  if (!post || post.preview) return [];
  const hint = `${instead}; "image" names a picture of your own`;
  return wordsAbout(post.title, hint).map((words) => atKey(["title"], words));
}

/** Of the entries that have a page. */
function aboutTitles<T extends { readonly title: string }>(
  file: DataFile<readonly T[]> | undefined,
  hasPage: (entry: T) => boolean = () => true,
): readonly ContentProblem[] {
  if (!file) return [];
  return file.value.flatMap((entry, index) =>
    hasPage(entry) ? wordsAbout(entry.title, instead).map((words) => file.at([index, "title"], words)) : [],
  );
}

function wordsAbout(title: string, hint: string): readonly ProblemWords[] {
  const letter = missingLetter(title, "source-serif-4");
  if (!letter) return [];
  const problem = `no font of the cards has a form for "${letter}"`;
  return [{ severity: "warning", code: "card-letter", problem, hint }];
}
