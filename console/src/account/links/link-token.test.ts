import { createForgivingStorage, createMemoryStorage } from "@grata/client/storage";
import { describe, expect, test } from "vitest";
import { dropLinkToken, takeLinkToken } from "./link-token.ts";

const newTab = () => createForgivingStorage(createMemoryStorage());

function addressBar(fragment: string) {
  return {
    fragment,
    clearFragment() {
      this.fragment = "";
    },
  };
}

describe("A1, A2: the token of a one-time link", () => {
  test("leaves the address bar when it is read", () => {
    const address = addressBar("#secret");
    expect(takeLinkToken("invitation", address, newTab())).toBe("secret");
    expect(address.fragment).toBe("");
  });

  test("is still there after a reload of the same tab", () => {
    const tab = newTab();
    takeLinkToken("invitation", addressBar("#secret"), tab);
    expect(takeLinkToken("invitation", addressBar(""), tab)).toBe("secret");
  });

  test("of a newer link replaces an older one", () => {
    const tab = newTab();
    takeLinkToken("invitation", addressBar("#old"), tab);
    takeLinkToken("invitation", addressBar("#new"), tab);
    expect(takeLinkToken("invitation", addressBar(""), tab)).toBe("new");
  });

  test("is gone once it was used", () => {
    const tab = newTab();
    takeLinkToken("invitation", addressBar("#secret"), tab);
    dropLinkToken("invitation", tab);
    expect(takeLinkToken("invitation", addressBar(""), tab)).toBeNull();
  });

  test("of one purpose is none for another", () => {
    const tab = newTab();
    takeLinkToken("invitation", addressBar("#secret"), tab);
    expect(takeLinkToken("recovery", addressBar(""), tab)).toBeNull();
  });
});
