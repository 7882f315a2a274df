import assert from "node:assert/strict";
import { openLibraries } from "@/lib/tensor/open_libraries.ts";
import { compileLibrary, hasCompiler } from "@/tests/tensor/fake_driver.ts";
import { inFolder } from "@/tests/tensor/provision/fake_wheel.ts";

Deno.test({
  name: "openLibraries() lets a later library have them by their names, linked or opened",
  ignore: !(await hasCompiler()),
  fn: () =>
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/inner`);
      // A name of its own for each run: the process keeps what it has opened.
      const name = `libinner-${crypto.randomUUID()}.so.1`;
      const inner = await compileLibrary(
        `${folder}/inner/${name}`,
        "int inner(void) { return 42; }",
        { args: [`-Wl,-soname,${name}`] },
      );
      const linked = await compileLibrary(
        `${folder}/liblinked.so`,
        "int inner(void); int outer(void) { return inner() + 1; }",
        { args: [`-L${folder}/inner`, `-l:${name}`] },
      );
      const opening = await compileLibrary(
        `${folder}/libopening.so`,
        `#include <dlfcn.h>
        int outer(void) {
          void *library = dlopen("${name}", RTLD_LAZY);
          return library ? ((int (*)(void))dlsym(library, "inner"))() : -1;
        }`,
        { args: ["-ldl"] },
      );
      const outer = (path: string) => {
        const library = Deno.dlopen(path, { outer: { parameters: [], result: "i32" } });
        try {
          return library.symbols.outer();
        } finally {
          library.close();
        }
      };
      assert.throws(() => outer(linked), /cannot open shared object file/);
      assert.equal(outer(opening), -1);
      openLibraries([inner]);
      assert.equal(outer(linked), 43);
      assert.equal(outer(opening), 42);
    }),
});

Deno.test("openLibraries() names the library that cannot be opened", () =>
  inFolder(async (folder) => {
    const path = `${folder}/libcudart.so.12`;
    await Deno.writeTextFile(path, "no library");
    assert.throws(() => openLibraries([path]), {
      name: "InputError",
      kind: "machine",
      message: new RegExp(`^CUDA's libraries: ${path} cannot be opened: (?!Could not open)`),
    });
  }));
