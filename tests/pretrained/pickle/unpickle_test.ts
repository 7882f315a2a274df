import assert from "node:assert/strict";
import { InputError } from "@/lib/base/errors.ts";
import { TensorView } from "@/lib/pretrained/pickle/torch_values.ts";
import { unpickle } from "@/lib/pretrained/pickle/unpickle.ts";
import {
  bytesOf,
  call,
  dict,
  int,
  named,
  type Part,
  pickle,
  storage,
  tensor,
  text,
  tuple,
} from "@/tests/pretrained/pickled.ts";

const read = (...parts: readonly Part[]) => unpickle(pickle(...parts), "x.pth").value;

/** That a pickle is refused with one error that names the file and says this. */
function refused(says: RegExp, ...parts: readonly Part[]): void {
  assert.throws(() => read(...parts), (error) => {
    assert.ok(error instanceof InputError, String(error));
    assert.equal(error.place, "x.pth");
    assert.match(error.message, says);
    return true;
  });
}

Deno.test("unpickle() reads names with tensors, and where it ends", () => {
  const bytes = pickle(dict({ weight: tensor({ elements: 6, shape: [2, 3] }), epoch: int(7) }));
  const { value, length, storages } = unpickle(Uint8Array.of(...bytes, 1, 2, 3), "x.pth");
  assert.equal(length, bytes.length);
  const { weight, epoch } = Object.fromEntries(value as Map<string, unknown>);
  assert.ok(weight instanceof TensorView);
  assert.deepEqual([weight.shape, weight.strides, weight.offset], [[2, 3], [3, 1], 0]);
  assert.equal(epoch, 7);
  assert.deepEqual([...storages.keys()], ["0"]);
});

Deno.test("unpickle() reads integers of any length, which are short or long in a pickle", () => {
  const seed = [0x8a, 9, 5, 0, 0, 0, 0, 0, 0, 0x80, 0];
  assert.equal(read(seed), 2n ** 63n + 5n);
});

Deno.test("unpickle() reads mappings with an order, as Python 2 and 3 have them", () => {
  const pair: readonly Part[] = ["](", text("a"), int(1), "e"];
  const python2 = read(named("collections.OrderedDict"), "(](", ...pair, "et", "R");
  const python3 = read(call("collections.OrderedDict"), "(", text("a"), int(1), "u");
  assert.deepEqual(python2, new Map([["a", 1]]));
  assert.deepEqual(python3, python2);
  // What PyTorch puts beside a state_dict.
  assert.deepEqual(
    read(call("collections.OrderedDict"), dict({ _metadata: int(1) }), "b"),
    new Map(),
  );
});

Deno.test("unpickle() drops what trainings put beside their weights", () => {
  const scalar = call(
    "numpy.core.multiarray.scalar",
    call("numpy.dtype", text("f8")),
    "C\x02\x01\x02",
  );
  const beside: Record<string, Part> = {
    args: bytesOf(named("argparse.Namespace"), ")\x81", dict([[text("__proto__"), int(1)]]), "b"),
    loss: scalar,
    device: call("torch.device", text("cpu")),
    milestones: call("collections.Counter", dict({})),
    folder: call("pathlib.PosixPath", ...Array.from("checkpoints/", text)),
    random: bytesOf(
      call("numpy.core.multiarray._reconstruct", named("numpy.ndarray"), tuple(int(0)), "C\x01b"),
      tuple(int(1), tuple(int(624)), call("numpy.dtype", text("u4")), "\x89", "C\x02\x01\x02"),
      "b",
    ),
    version: bytesOf(named("torch.torch_version.TorchVersion"), tuple(text("2.1")), "\x81"),
    words: call("__builtin__.set", bytesOf("](", text("a"), "e")),
  };
  for (const [name, part] of Object.entries(beside)) {
    const { kept, ...others } = Object.fromEntries(
      read(dict({ [name]: part, kept: int(1) })) as Map<string, unknown>,
    );
    assert.equal(kept, 1);
    assert.equal(Object.keys(Object(others[name])).join(), "__setstate__", name);
  }
});

Deno.test("unpickle() refuses every global that is no part of weights, by its name", () => {
  refused(/it names posix\.system, which is no part/, call("posix.system", text("touch /tmp/x")));
  refused(/it names builtins\.eval/, text("builtins"), text("eval"), "\x93", tuple(text("1")), "R");
  refused(/it names torch\.storage\._load_from_bytes/, call("torch.storage._load_from_bytes"));
  refused(/it names __main__\.Net/, named("__main__.Net"), ")\x81");
  // Names that objects here have.
  refused(/it names torch\.__proto__/, named("torch.__proto__"));
  refused(/it names Object\.constructor/, named("Object.constructor"));
});

Deno.test("unpickle() reads mappings with a value for what they lack, as counters of losses are", () => {
  const meters = [
    call("collections.defaultdict", named("__builtin__.list")),
    bytesOf("(", text("loss"), int(3), "u"),
  ];
  assert.deepEqual(read(...meters), new Map([["loss", 3]]));
});

Deno.test("unpickle() says of weights that are no floats, or not here, what to save in their place", () => {
  refused(
    /quantised, sparse or of a rare type \(torch\._utils\._rebuild_qtensor\)\. Save them as float32/,
    named("torch._utils._rebuild_qtensor"),
  );
  refused(
    /rare type \(torch\.ComplexFloatStorage\)/,
    tuple(storage({ kind: "ComplexFloatStorage", elements: 1 })),
  );
  refused(
    /spread over processes \(torch\.distributed\.tensor\.DTensor\)\. Gather them in one/,
    named("torch.distributed.tensor.DTensor"),
  );
});

Deno.test("unpickle() says of a whole network that its weights alone are wanted", () => {
  refused(
    /whole network \(torchvision\.models\.resnet\.ResNet\).*model\.state_dict\(\)/,
    named("torchvision.models.resnet.ResNet"),
    ")\x81",
  );
});

Deno.test("unpickle() refuses instructions that files of weights do not have", () => {
  const instructions: Readonly<Record<string, readonly Part[]>> = {
    INST: ["(iposix\nsystem\n"],
    OBJ: ["(", named("argparse.Namespace"), "o"],
    EXT1: ["\x82\x01"],
    PERSID: ["P0\n"],
    DICT: ["(", text("__proto__"), int(1), "d"],
    NEXT_BUFFER: ["\x97"],
  };
  for (const [name, parts] of Object.entries(instructions)) {
    refused(/has the instruction \d+, which files of weights do not have/, ...parts);
    assert.ok(name);
  }
});

Deno.test("unpickle() lets a pickle change nothing but its own values", () => {
  refused(
    /its instructions do not fit together/,
    named("collections.OrderedDict"),
    dict({ call: int(1) }),
    "b",
  );
  refused(/not a whole file/, tensor({ elements: 1 }), dict({ shape: int(1) }), "b");
  // Bytes of the pickle itself, written over by others of it.
  const bytes = pickle("C\x02ab", "C\x01x", int(0), "s");
  const before = bytes.slice();
  unpickle(bytes, "x.pth");
  assert.deepEqual(bytes, before);
  // A list that is given another prototype is no other list's.
  read("]", dict([[text("__proto__"), dict({ lent: int(1) })]]), "b");
  assert.equal("lent" in [], false);
});

Deno.test("unpickle() refuses what would cost more than the pickle's length", () => {
  const many = 300_000, none = (text: string) => text.repeat(many);
  refused(/more instructions than any/, none("N0N0N0N0"));
  refused(/more instructions than any/, "]q\0", dict({}), none("bh\0"));
  // A mapping with many names, copied again and again.
  refused(
    /more instructions than any/,
    "}q\0(",
    ...Array.from({ length: 2000 }, (_, i) => [int(i), "N"]).flat(),
    "u0]",
    "h\0b".repeat(many),
  );
  // A list that is memorised, as the arguments of calls and as the items of mappings.
  const list = ["](", "N".repeat(20), "eq\x010"];
  refused(/more arguments than any/, ...list, named("torch.device"), "h\x01R");
  const items = ["](", "](NNe".repeat(2000), "eq\x010"];
  refused(
    /more items than any/,
    ...items,
    (named("collections.OrderedDict") + "(h\x01tR0").repeat(600),
  );
  refused(/an integer of 1000000 bytes/, "\x8b\x40\x42\x0f\0", "\xff".repeat(1_000_000));
});

Deno.test("unpickle() refuses lengths that lead back or beyond the end", () => {
  refused(/a piece of -6 bytes/, "B\xfa\xff\xff\xff");
  refused(/not a whole file/, "B\xff\xff\xff\x7f");
  refused(/bytes more/, "\x8d\xff\xff\xff\xff\xff\xff\xff\xff");
  refused(/not a whole file/, "1N");
  const whole = pickle(dict({ a: tensor({ elements: 4 }) }));
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => unpickle(whole.subarray(0, length), "x.pth"), InputError);
  }
});

Deno.test("unpickle() refuses tensors that show what their storage does not have", () => {
  refused(
    /shape \[5\] and strides \[1\] begins at element 0 of a storage of 4/,
    tensor({ elements: 4, shape: [5] }),
  );
  refused(
    /begins at element 1 of a storage of 4/,
    tensor({ elements: 4, offset: 1, shape: [2, 2] }),
  );
  refused(/strides \[3,1\]/, tensor({ elements: 4, shape: [2, 2], strides: [3, 1] }));
  refused(/a size is -1/, tensor({ elements: 4, shape: [2], strides: [-1] }));
  refused(/a size is -2/, tensor({ elements: 4, offset: -2 }));
  refused(/has strides \[1\]/, tensor({ elements: 4, shape: [2, 2], strides: [1] }));
  // The product of its axes is no number that could be counted.
  const large = 2 ** 30, none = Array.from({ length: 4 }, () => 0);
  refused(
    /begins at element 0/,
    tensor({ elements: 4, shape: [large, large, large, large], strides: none }),
  );
  refused(/no shape/, tensor({ elements: 4, shape: Array.from({ length: 40 }, () => 1) }));
  refused(
    /a part of the storage "0" is longer/,
    tensor({ elements: 4, part: tuple(text("v"), int(2), int(3)) }),
  );
  refused(
    /the storage "0" is F32 of 4 and another/,
    tuple(storage({ elements: 4 }), storage({ elements: 8 })),
  );
  refused(
    /no storage/,
    call("torch._utils._rebuild_tensor_v2", int(1), int(0), tuple(), tuple(), "\x89N"),
  );
});
