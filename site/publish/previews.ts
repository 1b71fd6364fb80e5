/** What reviewers may see of posts that are not public. Written by the build, bundled into one function as `#previews`. */
export interface Preview {
  /** The whole page. */
  readonly html: string;
  /** Files beside the post, by their path from the page, in base64. */
  readonly files: Readonly<Record<string, string>>;
}

/** By slug. */
export type Previews = Readonly<Record<string, Preview>>;
