import assert from "node:assert/strict";
import { rooms } from "@/lib/worlds/scenes/indoor.ts";
import { facades, openPlaces, roads } from "@/lib/worlds/scenes/manmade.ts";
import { landscapes, woods } from "@/lib/worlds/scenes/natural.ts";
import { drawingsOf } from "@/lib/worlds/scenes/props.ts";

Deno.test("drawingsOf() knows every name in the tables of scenes", () => {
  const scenes = [rooms, landscapes, { woods }, roads, facades, openPlaces]
    .flatMap((table) => Object.values<Readonly<Record<string, object>>>(table))
    .flatMap((setting) => Object.values(setting) as typeof rooms["home"][string][]);
  const names = scenes.flatMap(({ props, shelves, counter, row, hung }) => [
    ...props.flatMap(({ of }) => of),
    ...shelves?.of ?? [],
    ...counter ?? [],
    ...row?.of ?? [],
    ...hung ?? [],
  ]);
  assert.ok(names.length > 100);
  for (const name of names) assert.ok(drawingsOf(name).length > 0);
});

Deno.test("drawingsOf() gives every species of a rank, and one model of an object", () => {
  assert.equal(drawingsOf("reef fish").length, 6);
  assert.equal(drawingsOf("sofa").length, 1);
  assert.throws(() => drawingsOf("unicorn"), {
    name: "RangeError",
    message: 'No object or species is called "unicorn"',
  });
});
