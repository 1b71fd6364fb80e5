/** The rules that HTML of the site is held to. */
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // A `role="group"` that scrolls and can be focused is what WCAG asks for; the rule wants a native element.
    "prefer-native-element": "off",
    "no-redundant-role": "error",
    // A search answers while one types, and its form has nothing to send.
    "wcag/h32": "off",
    "long-title": "off",
    "require-sri": "off",
    // Typography of prose, not a matter of validity.
    "no-raw-characters": ["error", { relaxed: true }],
    "tel-non-breaking": "off",
  },
});

/** Every mistake of a page, with its line and column. */
export async function validateHtml(html: string): Promise<readonly string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`));
}
