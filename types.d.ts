/** Types of packages that ship none, and of what the build generates. */
declare module "#site" {
  const manifest: import("./site/publish/manifest.ts").SiteManifest;
  export default manifest;
}

declare module "#shell" {
  const shell: import("./site/publish/shell.ts").Shell;
  export default shell;
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

declare module "markdown-it-container" {
  import type { PluginWithParams } from "markdown-it";

  const plugin: PluginWithParams;
  export default plugin;
}

declare module "prismjs/components/index.js" {
  export default function loadLanguages(languages: readonly string[]): void;
}

declare module "prismjs/components.js" {
  const components: { readonly languages: Readonly<Record<string, { readonly alias?: string | readonly string[] }>> };
  export default components;
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
