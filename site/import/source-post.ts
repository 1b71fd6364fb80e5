/** What every reader gives, whatever engine it reads: the one shape between readers and writer. */
import type { ContentProblem } from "../content/problem.ts";
import type { Source } from "../content/source.ts";
import type { Draft } from "./draft.ts";
import type { HtmlBody } from "./html/to-markdown.ts";
import type { Templates } from "./templates/carry-over.ts";

export interface SourcePost {
  /** Names the post from one run to the next: `hugo blog/content/posts/quiet.md`. */
  readonly id: string;
  /** The whole text that the author wrote or exported, for lines and columns of the report. */
  readonly source: Source;
  /** Offset at which it begins there; absent where the source holds nothing else. */
  readonly start?: number | undefined;
  readonly body: Draft;
  readonly format: "markdown" | "mdx" | "html";
  /** How HTML is meant, where that is not said by HTML alone. */
  readonly html?: HtmlBody | undefined;
  /** The template language that the old engine ran over the body. */
  readonly templates?: Templates | undefined;
  readonly title: string;
  readonly description?: string | undefined;
  /** As our front matter has it, `2019-01-02` or `2019-01-02T10:11:12+01:00`. */
  readonly published: string;
  readonly updated?: string | undefined;
  /** As the author wrote them. */
  readonly tags: readonly string[];
  readonly draft: boolean;
  readonly unlisted?: boolean | undefined;
  readonly language?: string | undefined;
  /** Without a contents list, when the author says so. */
  readonly toc?: false | undefined;
  readonly canonical?: string | undefined;
  readonly image?: SourcePicture | undefined;
  /** What the post would like to be called in its address; anything, hostile text included. */
  readonly slug: string;
  /** Path at which the old engine published it, where that can be known. Relative links start from here. */
  readonly address?: string | undefined;
  /** Older paths still. */
  readonly aliases: readonly string[];
  /** Absolute path of the file that it was read from; links between files start from here. */
  readonly file?: string | undefined;
  /** What the reader could not carry over already. */
  readonly problems: readonly ContentProblem[];
}

export interface SourcePicture {
  readonly src: string;
  readonly alt?: string | undefined;
  /** Offset of its mention in the source. */
  readonly offset: number;
}

export interface SourceBlog {
  readonly posts: readonly SourcePost[];
  /** Nothing outside this folder is read. Absolute. */
  readonly root: string;
  /** Folders whose files the old engine published at `/`, in the order in which they are searched. Absolute. */
  readonly publicFolders: readonly string[];
  /** Host names of the old blog. */
  readonly hosts: readonly string[];
  /** Path before every address of the old blog, `/blog`; mostly empty. */
  readonly basePath: string;
  /** Absolute paths of the files that an address may mean, instead of a search by its path: exports keep their files elsewhere than the web. */
  readonly filesFor?: ((address: string) => readonly string[]) | undefined;
  /** Id of the post that an address means, where hosts and paths do not tell: `https://old.example/?p=12`. */
  readonly idAt?: ((address: string) => string | undefined) | undefined;
  /** What could not be read (errors), and what is no post (warnings). */
  readonly problems: readonly ContentProblem[];
}

/** Where the author points the command. */
export interface Place {
  /** Absolute. */
  readonly path: string;
  /** As the report names it. */
  readonly label: string;
}

export interface Settings {
  /** IANA time zone of our site. */
  readonly zone: string;
  /** Host of our site. */
  readonly host: string;
}

export type Reader = (place: Place, settings: Settings) => Promise<SourceBlog>;

/** Tells the author, at an offset of the source, what could not be carried over and what was done about it. */
export type Tell = (offset: number, code: Finding, problem: string, done: string) => void;

export type Finding =
  | "front-matter"
  | "template"
  | "html"
  | "picture"
  | "link"
  | "code"
  | "heading"
  | "text"
  | "address";

/** A {@link Tell} that adds warnings about a source to a list. */
export function tellInto(problems: ContentProblem[], source: Source): Tell {
  return (offset, code, problem, hint) =>
    problems.push(source.problemAt(offset, { code, problem, hint, severity: "warning" }));
}
