import { expect, test } from "vitest";
import { isExampleDomain } from "../../doctor/example-domain.ts";

test.each([
  "example.com",
  "www.Example.org",
  "example.net.",
  "blog.example",
  "a.test",
  "localhost",
  "x.localhost",
  "no.invalid",
])("nothing can be published under %s", (host) => {
  expect(isExampleDomain(host)).toBe(true);
});

test.each(["firstflight.io", "example.io", "myexample.com", "example.com.io", "latest", "test.io"])(
  "somebody may have %s",
  (host) => {
    expect(isExampleDomain(host)).toBe(false);
  },
);
