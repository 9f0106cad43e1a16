import assert from "node:assert/strict";
import { expectNoSidewaysScroll } from "./hostility.mjs";
import { enterFresh } from "./talking.mjs";

const PHONE = { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** What the page looks like, as far as a machine can tell; the screenshots are for people. */
export const looks = {
  async "on a phone nothing sticks out, and one thing is shown at a time"({ browser }) {
    const door = await browser.window({ address: "", ...PHONE });
    await door.shows("#entry-name");
    await expectNoSidewaysScroll(door);
    await door.shoot("phone door");
    const ann = await enterFresh(browser, "ann", "pocket", PHONE);
    await conversation(browser, ann, "pocket");
    await expectNoSidewaysScroll(ann);
    await ann.hides("#places");
    await ann.shoot("phone conversation");
    await ann.find("#people-toggle").click();
    await ann.shows("#people-title");
    await expectNoSidewaysScroll(ann);
    await ann.shoot("phone people");
    await ann.find("#people-close").click();
    await ann.find(".back").click();
    await ann.shows("#places");
    await ann.hides("#talk");
    await expectNoSidewaysScroll(ann);
    await ann.shoot("phone list");
    await ann.page.goBack();
    await ann.shows("#talk-title", "pocket");
  },

  async "light and dark, both can be read"({ browser }) {
    for (const colorScheme of ["light", "dark"]) {
      const ann = await enterFresh(browser, "ann", `in the ${colorScheme}`, { colorScheme });
      await conversation(browser, ann, `in the ${colorScheme}`);
      assert.deepEqual(await ann.page.evaluate(faintTexts), []);
      await ann.shoot(`desktop ${colorScheme}`);
      await ann.find("#sign-out").click();
      await ann.shows("#entry");
      assert.deepEqual(await ann.page.evaluate(faintTexts), []);
      await ann.shoot(`door ${colorScheme}`);
    }
  },

  async "every control has a name, and every landmark too"({ browser }) {
    const ann = await (await browser.window({ user: "ann" })).entered();
    const nameless = await ann.page.evaluate(() =>
      [...document.querySelectorAll("button, a, input, textarea, nav, aside, main, [role=log]")]
        .filter((node) => node.checkVisibility())
        .filter((node) => {
          const labels = (node.getAttribute("aria-labelledby") ?? "")
            .split(" ")
            .map((id) => document.getElementById(id));
          const named = [node.getAttribute("aria-label"), node.labels?.[0]?.textContent, labels[0]?.textContent];
          return ![...named, node.matches("button, a") && node.textContent].some((text) => text && text.trim() !== "");
        })
        .map((node) => node.outerHTML),
    );
    assert.deepEqual(nameless, []);
    assert.equal(await ann.find('[role="log"][aria-live="polite"]').count(), 1);
    assert.equal(await ann.page.locator("html").getAttribute("lang"), "en");
  },
};

async function conversation(browser, window, room) {
  const ben = await (await browser.window({ user: "Benedikt", room })).entered();
  await ben.say("Morning! Did the build go through last night?");
  await window.reads("Morning! Did the build go through last night?");
  await window.say("It did. 412 tests, none left out.");
  await window.reads("It did. 412 tests, none left out.");
  await window.say("The report is at https://example.org/reports/november, have a look when you can.");
  await ben.reads("The report is at https://example.org/reports/november, have a look when you can.");
  await ben.say("Lovely. Then let us cut the release this afternoon:\n1. change log\n2. tag\n3. announce");
  await window.reads("Lovely. Then let us cut the release this afternoon:\n1. change log\n2. tag\n3. announce");
  await ben.say("Donaudampfschiffahrtsgesellschaftskapitän".repeat(6));
  await ben.say("שלום לכולם");
  await window.reads("Donaudampfschiffahrtsgesellschaftskapitän".repeat(6), "שלום לכולם");
}

/** Runs in the page: texts whose contrast with what is behind them is less than 4.5 to 1. */
function faintTexts() {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const [r, g, b] = [...rgb(colour)].map((c) =>
      c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    return rgb(colour)[3] > 0 ? colour : behind(node.parentElement);
  };
  return [...document.querySelectorAll("body *")]
    .filter((node) =>
      [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== ""),
    )
    .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((node) => {
      const [a, b] = [light(getComputedStyle(node).color), light(behind(node))].sort((x, y) => y - x);
      return { text: node.textContent.slice(0, 40), contrast: (a + 0.05) / (b + 0.05) };
    })
    .filter(({ contrast }) => contrast < 4.5);
}
