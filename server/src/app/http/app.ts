import { maxHeaderSize } from "node:http";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import { errors } from "@grata/contract/errors";
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  LogController,
  type RouteOptions,
} from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { channelRoutes } from "../../channels/routes.ts";
import { ownFactorRoutes, secondStepRoutes } from "../../domains/accounts/factors/routes.ts";
import { ownAccountRoutes } from "../../domains/accounts/own/routes.ts";
import { accountRoutes } from "../../domains/accounts/routes.ts";
import { agentIdentityRoutes } from "../../domains/agent-identities/routes.ts";
import { auditRoutes } from "../../domains/audit/routes.ts";
import { absentChatRoutes } from "../../domains/conversations/absent/routes.ts";
import { fileRoutes } from "../../domains/conversations/files/routes.ts";
import { fieldRoutes } from "../../domains/customer-records/fields/routes.ts";
import { customerRoutes } from "../../domains/customer-records/routes.ts";
import { tagRoutes } from "../../domains/customer-records/tags/routes.ts";
import { organisationRoutes } from "../../domains/organisations/settings/routes.ts";
import { signInPageRoutes } from "../../domains/organisations/sign-in-page/routes.ts";
import { quickReplyRoutes } from "../../domains/quick-replies/routes.ts";
import { routingRoutes } from "../../domains/routing/routes.ts";
import { invitationRoutes, teamRoutes } from "../../domains/team/routes.ts";
import { userGroupRoutes } from "../../domains/user-groups/routes.ts";
import { consoleTestPages } from "../../features/console-tests/pages.ts";
import { consoleTestRoutes } from "../../features/console-tests/routes.ts";
import { customerExportRoutes } from "../../features/customer-export/routes.ts";
import { erasureRoutes } from "../../features/erasure/routes.ts";
import { historyRoutes } from "../../features/history/routes.ts";
import { mailRoutes } from "../../features/mail-sending/routes.ts";
import { pushRoutes } from "../../features/pushes/routes.ts";
import { setUpRoutes } from "../../features/set-up/routes.ts";
import { transcriptRoutes } from "../../features/transcripts/routes.ts";
import { limitBodyTime } from "../../foundation/http/body-time.ts";
import { identify } from "../../foundation/http/identify.ts";
import { isForeign } from "../../foundation/http/origin.ts";
import { isOpenedByPerson, sendRefusalPage } from "../../foundation/http/refusal-page.ts";
import { presentFailure, refusalOfIssues } from "../../foundation/refusal/failure.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { preferredLanguage } from "../../foundation/refusal/sentences.ts";
import type { Services } from "../services.ts";
import { apiDescriptionRoutes } from "./api-description/routes.ts";
import { entranceRoutes } from "./entrance-routes.ts";
import { healthRoutes } from "./health.ts";
import { pageRoutes } from "./pages.ts";

const bodyLimit = 128 * 1024;
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** The HTTP side: every route, the checks that all of them share, and one form for every refusal. */
export async function createApp(
  services: Services,
  options: {
    log: FastifyBaseLogger;
    trustedProxies: string[];
    /** Told of each route: tests are generated from them. */
    onRoute?: (route: RouteOptions) => void;
  },
) {
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    trustProxy: options.trustedProxies,
    forceCloseConnections: true,
    // An upload by a slow line takes its time; everything else has as long as `body-time.ts` gives it.
    requestTimeout: 900_000,
    http: { headersTimeout: 30_000 },
    exposeHeadRoutes: true,
    // What the router itself refuses it refuses with an echo and without our headers: it gets nothing to refuse.
    rewriteUrl: ({ url = "/" }) => (isReadable(url) ? url : "/unreadable"),
    routerOptions: { maxParamLength: maxHeaderSize },
  }).withTypeProvider<ZodTypeProvider>();

  if (options.onRoute) app.addHook("onRoute", options.onRoute);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorate("identify", identify(services));
  app.decorateRequest("signedIn", null);
  app.decorateRequest("readerLanguage", "en");
  app.decorateRequest("hostOwner", null);
  await app.register(cookie);
  await app.register(helmet, {
    // Each page sets its own policy with a fresh nonce; what is not a page may load nothing at all.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: "same-origin" },
    // Of this host only: what else runs below its name is not ours to decide.
    strictTransportSecurity: services.entrances.secureOnly()
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    referrerPolicy: { policy: "no-referrer" },
  });

  app.addHook("onRequest", async (request) => {
    request.readerLanguage = preferredLanguage(request.headers["accept-language"]);
    if (!safeMethods.has(request.method) && (await isForeign(request.headers, services))) {
      throw new Refusal("origin_forbidden");
    }
    // Health checks skip the host name look-up, which may need the database.
    if (request.routeOptions.config?.permission === "health.read") return;
    request.hostOwner = await services.ownHosts.find(request.headers.host);
  });
  app.addHook("onRequest", async (request) => limitBodyTime(request));
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });

  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error);
    if (!(refusal instanceof Refusal)) services.logFault(error);
    const language = request.signedIn?.principal.language ?? request.readerLanguage;
    const failure = presentFailure(refusal, language);
    if (failure.retryAfter !== undefined) reply.header("retry-after", failure.retryAfter);
    if (isOpenedByPerson(request)) return sendRefusalPage(reply, failure, language);
    return reply.code(errors[failure.code].status).send({ error: failure });
  });
  app.setNotFoundHandler(() => {
    throw new Refusal("route_unknown");
  });

  app.register(healthRoutes, services);
  app.register(accountRoutes, services);
  app.register(ownAccountRoutes, services);
  app.register(secondStepRoutes, services);
  app.register(ownFactorRoutes, services);
  app.register(setUpRoutes, services);
  app.register(teamRoutes, services);
  app.register(invitationRoutes, services);
  app.register(agentIdentityRoutes, services);
  app.register(userGroupRoutes, services);
  app.register(routingRoutes, services);
  app.register(absentChatRoutes, services);
  app.register(organisationRoutes, services);
  app.register(signInPageRoutes, services);
  app.register(entranceRoutes, services);
  app.register(customerRoutes, services);
  app.register(tagRoutes, services);
  app.register(fieldRoutes, services);
  app.register(erasureRoutes, services);
  app.register(customerExportRoutes, services);
  app.register(auditRoutes, services);
  app.register(historyRoutes, services);
  app.register(mailRoutes, services);
  app.register(fileRoutes, services);
  app.register(quickReplyRoutes, services);
  app.register(transcriptRoutes, services);
  app.register(consoleTestRoutes, services);
  app.register(pushRoutes, services);
  app.register(apiDescriptionRoutes);
  app.register(channelRoutes, services);
  for (const { routes, adminRoutes, pages } of services.channels.all) {
    for (const register of [routes, adminRoutes, pages?.register]) {
      if (register) app.register(register, services);
    }
  }
  app.register(consoleTestPages);
  app.register(pageRoutes, services);
  return app;
}

/** Whether the path of an address can be decoded. */
function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** Gives the errors of the framework our codes; what is left is a fault of ours. */
function asRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const { code, statusCode, validation } = error as Partial<FastifyError>;
  if (validation) {
    return refusalOfIssues(
      validation.map((issue) => ({
        path: issue.instancePath.split("/").filter((part) => part !== ""),
        message: issue.message ?? "",
      })),
    );
  }
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new Refusal("request_too_large");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
      return new Refusal("request_not_json");
    default:
      return statusCode !== undefined && statusCode >= 400 && statusCode < 500
        ? new Refusal("request_invalid")
        : error;
  }
}
