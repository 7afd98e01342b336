/** What stands for the variables of a quick reply. */
export interface Variables {
  agentname: string;
  username: string;
}

/** The variables, in any case; `$usernames` is a word of its own, `$username您好` is not. */
const variable = /\$(agentname|username)(?![a-z0-9_])/gi;

/** A text with its variables filled in, once: what a name brings along is a name, whatever it looks like. */
export function fillVariables(text: string, variables: Variables): string {
  return text.replace(variable, (_whole, name: string) => variables[name.toLowerCase() as keyof Variables]);
}
