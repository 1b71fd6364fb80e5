/** What axe finds on a page, at both widths and in both schemes. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** In dark only what has to do with colours can be otherwise; `npm run bench:reader` looks for everything in all four. */
const ofColours = ["color-contrast", "link-in-text-block"];

/** Rules that are broken, with the circumstances and the elements. Leaves the page as wide and dark as it looked last. */
export async function accessibilityFindings(page: Page, widths: readonly number[] = [390, 1280]): Promise<string[]> {
  const found: string[] = [];
  const looks = widths.flatMap((width) => [
    { colorScheme: "light", width } as const,
    { colorScheme: "dark", width } as const,
  ]);
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    // Our pages have no frames, for which axe would otherwise open a page of its own each time.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colorScheme === "dark" ? axe.withRules(ofColours) : axe).analyze();
    const where = `${new URL(page.url()).pathname} ${colorScheme} ${width}`;
    for (const { id, nodes } of violations)
      found.push(`${where} ${id}: ${nodes.map((node) => node.html.slice(0, 300)).join(" ")}`);
  }
  return found;
}
