import { beforeEach, expect, test } from "vitest";
import { openWindows, type Windows } from "../../dev/windows.ts";

let reloads: number;
let time: number;
let windows: Windows;
beforeEach(() => {
  [reloads, time] = [0, 1_000];
  windows = openWindows(
    () => {
      reloads += 1;
    },
    () => time,
  );
});

test("loads windows anew when a page that one of them may show has changed", () => {
  windows.asked("/posts/a/");
  windows.changed(["/posts/b/", "/colophon/"]);
  expect(reloads).toBe(0);
  windows.changed(["/posts/b/", "/posts/a/"]);
  expect(reloads).toBe(1);
  windows.changed();
  expect(reloads).toBe(2);
});

test("tells a window that was loading of what changed meanwhile, and once", () => {
  windows.asked("/posts/a/");
  time += 10;
  windows.changed(["/posts/a/"]);
  time += 10;
  windows.listens();
  expect(reloads).toBe(2);
  time += 10;
  windows.asked("/posts/a/");
  time += 10;
  windows.listens();
  expect(reloads).toBe(2);
});

test("does not mind a page that nobody is loading", () => {
  windows.asked("/posts/a/");
  time += 10;
  windows.changed(["/posts/a/"]);
  time += 60_000;
  windows.asked("/posts/b/");
  windows.listens();
  expect(reloads).toBe(1);
});
