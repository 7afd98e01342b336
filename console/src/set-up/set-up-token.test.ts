import { createForgivingStorage, createMemoryStorage } from "@grata/client/storage";
import { describe, expect, test } from "vitest";
import { dropSetUpToken, takeSetUpToken } from "./set-up-token.ts";

const newTab = () => createForgivingStorage(createMemoryStorage());

function addressBar(fragment: string) {
  return {
    fragment,
    clearFragment() {
      this.fragment = "";
    },
  };
}

describe("the token of a set-up link", () => {
  test("leaves the address bar when it is read", () => {
    const address = addressBar("#secret");
    expect(takeSetUpToken(address, newTab())).toBe("secret");
    expect(address.fragment).toBe("");
  });

  test("is still there after a reload of the same tab", () => {
    const tab = newTab();
    takeSetUpToken(addressBar("#secret"), tab);
    expect(takeSetUpToken(addressBar(""), tab)).toBe("secret");
  });

  test("of a newer link replaces an older one", () => {
    const tab = newTab();
    takeSetUpToken(addressBar("#old"), tab);
    takeSetUpToken(addressBar("#new"), tab);
    expect(takeSetUpToken(addressBar(""), tab)).toBe("new");
  });

  test("is gone once it was used", () => {
    const tab = newTab();
    takeSetUpToken(addressBar("#secret"), tab);
    dropSetUpToken(tab);
    expect(takeSetUpToken(addressBar(""), tab)).toBeNull();
  });
});
