/** The few pieces that guards are made of, in the words of the schemas that they stand for. */
export type Guard<Value> = (value: unknown) => value is Value;
type Guarded<G> = G extends Guard<infer Value> ? Value : never;

export const guard = <Value>(accepts: (value: unknown) => boolean) => accepts as Guard<Value>;

export const string = guard<string>((value) => typeof value === "string");
export const boolean = guard<boolean>((value) => typeof value === "boolean");
export const number = guard<number>((value) => typeof value === "number" && Number.isFinite(value));
export const int = guard<number>((value) => Number.isSafeInteger(value));
export const uuid = guard<string>(
  (value) =>
    typeof value === "string" &&
    /^([\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}|0{8}(-0{4}){3}-0{12}|f{8}(-f{4}){3}-f{12})$/i.test(
      value,
    ),
);

export const seq = guard<number>((value) => int(value) && value >= 0 && value <= 2_147_483_647);

export const oneOf = <const Options extends readonly (string | boolean)[]>(options: Options) =>
  guard<Options[number]>((value) => options.some((option) => option === value));

export const nullable = <Value>(inner: Guard<Value>) =>
  guard<Value | null>((value) => value === null || inner(value));

export const optional = <Value>(inner: Guard<Value>) =>
  guard<Value | undefined>((value) => value === undefined || inner(value));

export const array = <Value>(inner: Guard<Value>) =>
  guard<Value[]>((value) => Array.isArray(value) && value.every(inner));

export const record = <Value>(inner: Guard<Value>) =>
  guard<Record<string, Value>>((value) => isPlain(value) && Object.values(value).every(inner));

export const object = <Shape extends Record<string, Guard<unknown>>>(shape: Shape) =>
  guard<{ [Key in keyof Shape]: Guarded<Shape[Key]> }>(
    (value) =>
      isPlain(value) && Object.entries(shape).every(([key, inner]) => inner(Reflect.get(value, key))),
  );

export const either = <Guards extends Guard<unknown>[]>(...guards: Guards) =>
  guard<Guarded<Guards[number]>>((value) => guards.some((one) => one(value)));

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
