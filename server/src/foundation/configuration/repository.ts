import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository's folder: the first above this file, bundled or not, that holds the migrations. */
export const repositoryFolder = find(import.meta.dirname);

/** Where the migrations lie. They are read at run time and not bundled. */
export const migrationsFolder = join(repositoryFolder, "server/migrations");

function find(folder: string): string {
  if (existsSync(join(folder, "server/migrations"))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error("The folder server/migrations is missing beside this program.");
  return find(above);
}
