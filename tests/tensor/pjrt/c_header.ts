/** What a C header in the style of PJRT's declares. */
export interface CHeader {
  /** The value of a `#define` that is a number. */
  constant(name: string): number;
  /** The names of an enumeration, whose values count from 0. */
  names(enumeration: string): readonly string[];
  /** The functions of `PJRT_Api`, in its order. */
  readonly functions: readonly string[];
  /** The fields of a struct with their offsets, those of a struct within it too, as `outer.inner`. */
  fields(struct: string): readonly CField[];
  /** `sizeof` of a struct. */
  sizeOf(struct: string): number;
}

/** A field of a struct. */
export interface CField {
  readonly name: string;
  readonly offset: number;
}

/** Reads such a header; of C it knows what is in there. */
export function readCHeader(text: string): CHeader {
  const code = text.replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, "");
  const body = (name: string) => {
    const start = code.search(new RegExp(`struct ${name} \\{`));
    if (start < 0) throw new Error(`The header has no struct ${name}`);
    return code.slice(code.indexOf("{", start) + 1, code.indexOf("\n}", start));
  };
  const measured = (name: string) => layOut(declarationsOf(body(name)), measured);
  return {
    constant: (name) => Number(new RegExp(`#define ${name} (\\d+)`).exec(code)![1]),
    names: (name) => {
      const until = code.slice(0, code.indexOf(`} ${name};`));
      const listed = until.slice(until.lastIndexOf("{") + 1).split(",");
      return listed.map((one) => one.trim().split(" ")[0]!).filter((one) => one !== "");
    },
    functions: [...body("PJRT_Api").matchAll(/_PJRT_API_STRUCT_FIELD\((\w+)\)/g)].map(([, name]) =>
      name!
    ),
    fields: (name) => measured(name).fields,
    sizeOf: (name) => measured(name).size,
  };
}

interface Declaration {
  readonly type: string;
  readonly name: string;
}

/** The fields of a struct's body; of a union, which is as large as its largest, the first alone. */
function declarationsOf(body: string): readonly Declaration[] {
  const withoutUnions = body.replace(/union \{\s*([^;]*;)[\s\S]*?\};/g, "$1");
  return withoutUnions.split(";").map((one) => one.trim().replaceAll(/\s+/g, " "))
    .filter((one) => one !== "").map((one) => {
      const pointer = /\(\*(\w+)\)\(/.exec(one);
      if (pointer !== null) return { type: "*", name: pointer[1]! };
      const [, type, name] = /^(.*[ *])(\w+)$/.exec(one)!;
      return { type: type!.trim(), name: name! };
    });
}

interface Layout {
  readonly fields: readonly CField[];
  readonly size: number;
}

function layOut(declared: readonly Declaration[], structs: (name: string) => Layout): Layout {
  const fields: CField[] = [];
  let end = 0;
  for (const { type, name } of declared) {
    const inner = held.includes(type) ? structs(type) : undefined;
    const size = inner?.size ?? sizeOf(type);
    const aligned = inner === undefined ? size : 8;
    const offset = Math.ceil(end / aligned) * aligned;
    end = offset + size;
    if (inner === undefined) fields.push({ name, offset });
    else {
      for (const one of inner.fields) {
        fields.push({ name: `${name}.${one.name}`, offset: offset + one.offset });
      }
    }
  }
  return { fields, size: Math.ceil(end / 8) * 8 };
}

/** Structs that lie in others. */
const held: readonly string[] = ["PJRT_Buffer_MemoryLayout_Tiled"];

const SMALL: Readonly<Record<string, number>> = { bool: 1, int: 4 };

/** Bytes of a field: enumerations are of four, as `int` is; all else is a pointer or a number of eight. */
function sizeOf(type: string): number {
  if (type.includes("*") || /Callback$|Deleter$/.test(type)) return 8;
  return SMALL[type] ?? (/^PJRT_\w+(_Type|_Code|Semantics)$/.test(type) ? 4 : 8);
}
