/** Lets a running process import the project's own code again after an edit, whole graphs of it. */
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

export interface Modules {
  /** From now on every import of own code reads the files anew. */
  renew(): void;
}

/**
 * Marks the address of every own module with a generation: a new generation is a new graph to the module cache. `replacements`
 * sends a bare name such as `#site` to a file.
 * @see https://nodejs.org/api/module.html#moduleregisterhooksoptions
 */
export function renewableModules(root: string, replacements: Readonly<Record<string, string>>): Modules {
  const own = pathToFileURL(`${root}/`).href;
  const packages = `${own}node_modules/`;
  let generation = 0;
  registerHooks({
    resolve(specifier, context, next) {
      const file = replacements[specifier];
      const resolved = next(
        file ? pathToFileURL(file).href : specifier,
        file ? { ...context, importAttributes: { type: "json" } } : context,
      );
      const isOwn = file !== undefined || (resolved.url.startsWith(own) && !resolved.url.startsWith(packages));
      if (generation === 0 || !isOwn) return resolved;
      const url = new URL(resolved.url);
      url.searchParams.set("generation", String(generation));
      return { ...resolved, url: url.href };
    },
  });
  return {
    renew() {
      generation += 1;
    },
  };
}
