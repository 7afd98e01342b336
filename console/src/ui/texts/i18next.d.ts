import "i18next";
import type errors from "@grata/contract/sentences/errors.en.json";
import type consoleTest from "./console-test.en.json";
import type texts from "./en.json";
import type handing from "./handing.en.json";
import type history from "./history.en.json";
import type identities from "./identities.en.json";
import type push from "./push.en.json";
import type quickReplies from "./quick-replies.en.json";
import type routing from "./routing.en.json";
import type voice from "./voice.en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "console";
    resources: {
      console: typeof texts;
      consoleTest: typeof consoleTest;
      errors: typeof errors;
      handing: typeof handing;
      history: typeof history;
      identities: typeof identities;
      push: typeof push;
      quickReplies: typeof quickReplies;
      routing: typeof routing;
      voice: typeof voice;
    };
  }
}
