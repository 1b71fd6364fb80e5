/** What is known of a picture from its file. */

export type PictureFormat = "avif" | "gif" | "jpeg" | "png" | "svg" | "webp";

export interface Measured {
  /** Pixels of the picture as it is seen, upright. */
  readonly width: number;
  readonly height: number;
  /** What the file holds, whatever its name says. */
  readonly format: PictureFormat;
  /** False: the page shows through. */
  readonly isOpaque: boolean;
  /** A drawing that has colours of its own for dark pages. */
  readonly followsScheme: boolean;
  /** Published as it is: drawings, animations, and files so small that nothing is gained. */
  readonly isReady: boolean;
  /** The file says where on Earth it was taken. */
  readonly hasPosition: boolean;
  /** The picture in a few pixels, as a `data:` address; absent when something shines through, and for drawings. */
  readonly tiny: string | undefined;
}

/** Why a file cannot be shown. */
export interface Unusable {
  readonly unusable: "broken" | "format" | "huge" | "sizeless";
  /** Of `huge`: what it has, in pixels. */
  readonly width?: number;
  readonly height?: number;
}

export function isUsable(picture: Measured | Unusable): picture is Measured {
  return !("unusable" in picture);
}
