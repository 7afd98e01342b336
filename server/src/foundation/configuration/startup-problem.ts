export { StartupProblem } from "@grata/embedded-postgres/startup-problem";
