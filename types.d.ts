/** Types of packages that ship none, and of what the build generates. */
declare module "#site" {
  const manifest: import("./site/publish/manifest.ts").SiteManifest;
  export default manifest;
}

declare module "#newsletter" {
  const posts: readonly import("./site/publish/newsletter-posts.ts").NewsletterPost[];
  export default posts;
}

declare module "#shell" {
  const shell: import("./site/publish/shell.ts").Shell;
  export default shell;
}

declare module "#feeds" {
  const news: import("./site/publish/feeds/news.ts").FeedNews;
  export default news;
}

declare module "#previews" {
  const previews: import("./site/publish/previews.ts").Previews;
  export default previews;
}

declare module "@11ty/eleventy" {
  import type { EleventyConfig } from "./eleventy.config.ts";
  export default class Eleventy {
    constructor(
      input: string,
      output: string,
      options?: {
        readonly config?: (config: EleventyConfig) => void;
        readonly quietMode?: boolean;
        readonly dryRun?: boolean;
        readonly configPath?: string;
      },
    );
    init(): Promise<void>;
    disableLogger(): void;
    write(): Promise<unknown>;
  }
}

declare module "@11ty/eleventy-dev-server" {
  import type { Server } from "node:http";
  export default class EleventyDevServer {
    static getServer(name: string, folder: string, options: object): EleventyDevServer;
    readonly server: Server;
    reload(event: {
      readonly files?: readonly string[];
      readonly subtype?: "css";
      readonly build?: object;
    }): Promise<void>;
    sendError(event: { readonly error: Error }): void;
    close(): Promise<void>;
  }
}

declare module "@11ty/eleventy-img" {
  /** The part that this project uses. @see https://www.11ty.dev/docs/plugins/image/ */
  interface ImageOptions {
    readonly widths: readonly number[];
    readonly formats: readonly string[];
    /** Gives the files' bytes and writes nothing. */
    readonly dryRun: true;
    readonly useCache: boolean;
    readonly failOnError: boolean;
    readonly fixOrientation: boolean;
    readonly sharpOptions: import("sharp").SharpOptions;
    readonly sharpAvifOptions: import("sharp").AvifOptions;
    readonly sharpWebpOptions: import("sharp").WebpOptions;
    readonly sharpJpegOptions: import("sharp").JpegOptions;
    readonly sharpPngOptions: import("sharp").PngOptions;
  }
  interface ImageFile {
    readonly format: string;
    readonly width: number;
    readonly buffer: Buffer;
  }
  /** Files by format. */
  export default function image(
    source: Buffer,
    options: ImageOptions,
  ): Promise<Readonly<Record<string, readonly ImageFile[]>>>;
}

declare module "@mixmark-io/domino" {
  /** Parses HTML as browsers do, without running any of it. */
  export function createDocument(html: string): Document;
}

declare module "markdown-it-footnote" {
  import type { PluginSimple } from "markdown-it";

  const plugin: PluginSimple;
  export default plugin;
}

declare module "markdown-it-deflist" {
  import type { PluginSimple } from "markdown-it";

  const plugin: PluginSimple;
  export default plugin;
}

declare module "markdown-it-abbr" {
  import type { PluginSimple } from "markdown-it";

  const plugin: PluginSimple;
  export default plugin;
}

declare module "markdown-it-sub" {
  export { default } from "markdown-it-sup";
}

declare module "markdown-it-sup" {
  import type { RuleInline } from "markdown-it/lib/parser_inline.mjs";

  /** All that the plug-in asks of the parser. */
  interface InlineRules {
    readonly inline: { readonly ruler: { after(rule: string, name: string, add: RuleInline): void } };
  }
  export default function plugin(markdown: InlineRules): void;
}

declare module "prismjs/components/index.js" {
  export default function loadLanguages(languages: readonly string[]): void;
}

declare module "prismjs/components.js" {
  interface Language {
    readonly title?: string;
    readonly alias?: string | readonly string[];
    readonly aliasTitles?: Readonly<Record<string, string>>;
  }
  const components: { readonly languages: Readonly<Record<string, Language>> };
  export default components;
}

declare module "commonmark-spec" {
  const specification: {
    readonly tests: readonly {
      readonly number: number;
      /** Tabs are written as arrows. */
      readonly markdown: string;
      readonly html: string;
      readonly section: string;
    }[];
  };
  export default specification;
}

/** The part of pdfmake that makes the curriculum vitae. @see https://pdfmake.github.io/docs/0.3/ */
declare module "pdfmake" {
  export type Content =
    | string
    | {
        readonly text?: string | readonly Content[];
        readonly stack?: readonly Content[];
        readonly ul?: readonly string[];
        readonly style?: string;
        readonly fontSize?: number;
        readonly margin?: readonly [number, number, number, number];
        readonly unbreakable?: boolean;
      };
  export interface DocumentDefinition {
    readonly content: readonly Content[];
    readonly [option: string]: unknown;
  }
  type FontFiles = Readonly<{ normal: string; bold?: string }>;
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, FontFiles>>): void;
    setLocalAccessPolicy(allows: (file: string) => boolean): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    createPdf(definition: DocumentDefinition): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}
