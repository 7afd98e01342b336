/** The whole program, with the channel that nobody ships; PIGEON_PLATFORM says where answers go. */
import { run } from "../../src/app/run.ts";
import { withPigeons } from "./registry.ts";

run(withPigeons(process.env.PIGEON_PLATFORM ?? ""));
