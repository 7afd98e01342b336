import { TextInput, type TextInputProps } from "@mantine/core";

/** Where a one-time code goes: phones offer digits, and browsers the code from a message. */
export function CodeField(props: TextInputProps) {
  return (
    <TextInput
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      data-autofocus
      required
      withAsterisk={false}
      {...props}
    />
  );
}
