/** A picture that lies in this project, as posts show it. */
import type { Measured } from "./measured.ts";

export interface LocalPicture {
  /** Path from the project root. */
  readonly file: string;
  /** As the post names it. */
  readonly src: string;
  /** What the file holds and how it is made, see {@link pictureKey}. */
  readonly key: string;
  readonly measured: Measured;
  /** Takes its place on dark pages. */
  readonly dark: LocalPicture | undefined;
}
