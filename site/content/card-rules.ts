/** Titles that no card can show, told where they are written. */
import { missingLetter } from "../cards/letters.ts";
import type { LoadedData } from "./data.ts";
import type { LoadedPost } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import type { ProblemWords } from "./source.ts";

type CaseStudiesFile = NonNullable<LoadedData["case-studies"]>;

/** A site whose own title cannot be drawn is told of that once, and not of each of its posts. */
export function cardProblems(
  { site, "case-studies": studies }: LoadedData,
  posts: readonly LoadedPost[],
): readonly ContentProblem[] {
  const own = site ? wordsAbout(site.value.title, "links to the site's pages are shown without a picture") : [];
  if (site && own.length > 0) return own.map((words) => site.at(["title"], words));
  return [...posts.flatMap(aboutPost), ...(studies ? aboutCaseStudies(studies) : [])];
}

const instead = "the card of the whole site stands for it where links are shown";

function aboutPost({ post, atKey }: LoadedPost): readonly ContentProblem[] {
  if (!post || post.preview) return [];
  const hint = `${instead}; "image" names a picture of your own`;
  return wordsAbout(post.title, hint).map((words) => atKey(["title"], words));
}

function aboutCaseStudies({ value, at }: CaseStudiesFile): readonly ContentProblem[] {
  return value.flatMap(({ title }, index) => wordsAbout(title, instead).map((words) => at([index, "title"], words)));
}

function wordsAbout(title: string, hint: string): readonly ProblemWords[] {
  const letter = missingLetter(title, "source-serif-4");
  if (!letter) return [];
  const problem = `no font of the cards has a form for "${letter}"`;
  return [{ severity: "warning", code: "card-letter", problem, hint }];
}
