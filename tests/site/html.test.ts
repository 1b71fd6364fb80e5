import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, html, trusted } from "../../site/html.ts";

test("escapes every character that could leave text or a quoted attribute", () => {
  expect(html`<p title="${`"'`}">${"<b> & </b>"}</p>`.markup).toBe(
    '<p title="&quot;&#39;">&lt;b&gt; &amp; &lt;/b&gt;</p>',
  );
});

test("prints nested markup and lists as they are, and nothing for absent values", () => {
  const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${null}${undefined}${false}${[]}${0}`.markup).toBe(
    "<ul><li>a</li><li>&lt;b&gt;</li></ul>0",
  );
});

test("lets markup through only when it is marked as trusted", () => {
  expect(html`${trusted("<hr>")}${"<hr>"}`.markup).toBe("<hr>&lt;hr&gt;");
});

test("does not take an object that came as data for markup", () => {
  const forged = JSON.parse('{"markup":"<script>","toString":"x"}');
  expect(() => html`${forged}`.markup).toThrow();
});

test("leaves no text that could open a tag or end an attribute, whatever the text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[<>"']/.test(escapeHtml(text))));
});
