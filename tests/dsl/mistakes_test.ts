// Wrong declarations as people write them, past the compiler, and the sentence that each gets.
import assert from "node:assert/strict";
import { collecting } from "@/dsl/checked.ts";
import * as typed from "@/dsl/mod.ts";

// deno-lint-ignore no-explicit-any
const dsl = typed as any;
const {
  best,
  claim,
  domain,
  downsample,
  experiment,
  figure,
  flattened,
  fuse,
  grid,
  jpeg,
  linear,
  mean,
  pool,
  ratio,
  resize,
  role,
  share,
  simclr,
  supervised,
  trial,
  untrained,
} = dsl;
const difference = dsl.difference;

const species = typed.domain("species"), probe = typed.linear("species");
const one = typed.trial(typed.simclr(species), probe), two = typed.trial(typed.untrained(), probe);
const own = typed.mean({ method: "simclr" }), none = typed.mean({ method: "none" });
const about = { id: "few", title: "t", question: "q", reference: "none" };
const asked = { id: "c", statement: "s" };

const sizes = "Choose among 10k, 50k, 125k, 250k, 500k, 1M, all, or write images(n)";
const methods = `Choose among ${
  [...typed.methodNames, ...typed.floorNames, "checkpoint", "none"].join(", ")
}`;
const roles = 'Choose among objects, species, scenes, aerial, or write role("…") for your own';
const encoderFields = "The fields are corruption, budget, replica, training, network";
const claimFields =
  "The fields are id, statement, number, means, checks, direction, threshold, contrasts, term, paper";
const selectionFields =
  "The fields are method, pretrain, checkpoint, size, corruption, budget, replica, training, network, with, probe, on, labels, settings, scale, images, level";

const factors =
  "Choose among scale, method, pretrain, size, corruption, budget, network, replica, probe, on, labels, images, level, or name a setting, such as training.temperature";

const mistakes: { readonly [what: string]: readonly [() => unknown, ...readonly string[]] } = {
  "settings of a training among an encoder's options": [
    () => simclr(species, { temperature: 0.5, epochs: 40 }),
    `simclr(): the field "temperature" is not known; its value is 0.5. ${encoderFields}`,
    `simclr(): the field "epochs" is not known; its value is 40. ${encoderFields}`,
  ],
  "a size that there is not": [
    () => domain("species", "100k"),
    `domain(): size "100k" is not known. Did you mean "10k"? ${sizes}`,
  ],
  "levels for granularity": [
    () => trial(simclr(species), probe, { levels: "all" }),
    'trial(): the field "levels" is not known; its value is "all". The fields are granularity, scale',
  ],
  "a misspelt field of a claim": [
    () => claim({ ...asked, term: own, treshold: 0.02 }),
    `claim(): the field "treshold" is not known; its value is 0.02. Did you mean "threshold"? ${claimFields}`,
  ],
  "a direction that there is not": [
    () => claim({ ...asked, term: own, direction: "less" }),
    'claim(): direction "less" is not known. Choose among above, below, within',
  ],
  "a misspelt method in a selection": [
    () => mean({ method: "simcrl" }),
    `mean(): method "simcrl" is not known. Did you mean "simclr"? ${methods}`,
  ],
  "one level without its list": [
    () => trial(simclr(species), probe, { granularity: "genus" }),
    'trial(): granularity is "genus". Give "finest", "all", or a list of levels by their names: ["genus"]',
  ],
  "images for an encoder that sees none": [
    () => untrained({ corruption: jpeg(10) }),
    'untrained(): the field "corruption" is not known; its value is {"kind":"jpeg","quality":10}. The field is network',
  ],
  "a misspelt role": [
    () => domain("speceis"),
    `domain(): role "speceis" is not known. Did you mean "species"? ${roles}`,
  ],
  "a role that was not declared": [
    () => linear("plankton"),
    `linear(): on "plankton" is not known. ${roles}`,
  ],
  "a role's name with spaces": [
    () => role("My fish"),
    'role(): name is "My fish". Give small letters, digits and single hyphens, such as few-images',
  ],
  "a role's name that selections need": [
    () => role("none"),
    'role(): name "none" means something else in selections. Give another',
  ],
  "a pool of names": [
    () => pool("species", "scenes"),
    'pool(): part 1 is "species". Give a domain, as domain() gives it',
    'pool(): part 2 is "scenes". Give a domain, as domain() gives it',
  ],
  "a pool of one": [
    () => pool(species),
    "pool(): it needs two domains or more, but has 1. Add another domain",
  ],
  "a role for a source": [
    () => simclr("species"),
    'simclr(): source is "species". Give a domain, as domain() gives it, or a pool, as pool() gives it',
  ],
  "a probe for a source": [
    () => supervised(probe),
    "supervised(): source is a probe. Give a domain, as domain() gives it, or a pool, as pool() gives it",
  ],
  "a budget that there is not": [
    () => simclr(species, { budget: "hours" }),
    'simclr(): budget "hours" is not known. Choose among recipe, epochs, steps',
  ],
  "a corruption by its name": [
    () => simclr(species, { corruption: "jpeg" }),
    'simclr(): corruption is "jpeg". Give a corruption, as jpeg() or another gives it',
  ],
  "a replica below 0": [
    () => simclr(species, { replica: -1 }),
    "simclr(): replica is -1. Give 0, 1, 2, …",
  ],
  "a factor that there is not": [
    () => downsample(3),
    "downsample(): factor is 3. Give 2 or 4",
  ],
  "a quality as a share": [
    () => jpeg(0.3),
    "jpeg(): quality is 0.3. Give an integer of 1 to 100",
  ],
  "a share as pixels": [
    () => resize(256),
    "resize(): side is 256. Give a part of the whole side between 0 and 1",
  ],
  "corruptions that no constructor made": [
    () => {
      simclr(species, { corruption: { kind: "jpeg", quality: 900 } });
      linear("species", { images: { kind: "resize" } });
      mean({ corruption: { kind: "jpeg", qualty: 10, quality: 10 } });
    },
    "simclr(): corruption.quality is 900. Give an integer of 1 to 100",
    "linear(): images.side is missing. Give a part of the whole side between 0 and 1",
    'mean(): the field "corruption.qualty" is not known; its value is 10. Did you mean "quality"? The fields are kind, quality',
  ],
  "a range the wrong way round": [
    () => linear("species", { settings: { penaltyLimits: [10, 0.1] } }),
    "linear(): settings.penaltyLimits is from 10 to 0.1. Give the lower number first",
  ],
  "a moment that nothing is ever added to": [
    () => {
      const optimizer = { name: "adam", beta1: 1, beta2: 0.9, weightDecay: 0 };
      simclr(species, { training: { optimizer } });
    },
    "simclr(): training.optimizer.beta1 is 1. Give a number from 0, below 1",
  ],
  "a fusion of one": [
    () => fuse(simclr(species)),
    "fuse(): encoder 2 is missing. Give an encoder, as simclr() or another method gives it",
  ],
  "a fusion of an encoder with itself": [
    () => fuse(simclr(species), simclr(species)),
    "fuse(): an encoder is fused with itself. Fuse it with another, or with a replica of it: { replica: 1 }",
  ],
  "a domain for a role": [
    () => linear(species),
    "linear(): on is a domain. Choose among objects, species, scenes, aerial",
  ],
  "a size for options": [
    () => linear("species", "1M"),
    'linear(): options is "1M". Write { … }. The fields are labels, images, settings',
  ],
  "a size as a number": [
    () => domain("species", 3000),
    "domain(): size is 3000. Choose among 10k, 50k, 125k, 250k, 500k, 1M, all, or write images(3000)",
  ],
  "labels as a number": [
    () => linear("species", { labels: 1000 }),
    "linear(): labels is 1000. Choose among 10k, 50k, 125k, 250k, 500k, 1M, all, or write images(1000), or perClass(n) for n of each class",
  ],
  "labels as a number that is none of images, in a selection": [
    () => mean({ labels: 0.5 }),
    `mean(): labels is 0.5. ${sizes}, or perClass(n) for n of each class`,
  ],
  "a grid the wrong way round": [
    () => grid([probe], [simclr(species)]),
    "grid(): representations[0] is a probe. Give an encoder, as simclr() or another method gives it, or a fusion, as fuse() gives it",
    "grid(): probes[0] is an encoder. Give a probe, as linear() or another probe gives it",
  ],
  "a grid without lists": [
    () => grid(simclr(species), probe),
    "grid(): representations is an encoder. Give a list of encoders or fusions",
    "grid(): probes is a probe. Give a list of probes",
  ],
  "a trial without a probe": [
    () => trial(simclr(species)),
    "trial(): probe is missing. Give a probe, as linear() or another probe gives it",
  ],
  "no level": [
    () => trial(simclr(species), probe, { granularity: [] }),
    "trial(): granularity is empty. Give a list of levels by their names",
  ],
  "a level twice": [
    () => trial(simclr(species), probe, { granularity: ["genus", "family", "genus"] }),
    'trial(): granularity has "genus" twice. Name each level once',
  ],
  "a misspelt field of a selection": [
    () => mean({ metod: "simclr" }),
    `mean(): the field "metod" is not known; its value is "simclr". Did you mean "method"? ${selectionFields}`,
  ],
  "no selection": [
    () => best(),
    `best(): the selection is missing. Write { … }. ${selectionFields}`,
  ],
  "a misspelt probe, in a list too": [
    () => mean({ probe: ["linear", "fine-tune"] }),
    'mean(): probe[1] "fine-tune" is not known. Did you mean "finetune"? Choose among linear, knn, finetune, scratch',
  ],
  "a misspelt part of a pool": [
    () => mean({ pretrain: "species+scences" }),
    `mean(): pretrain "scences" is not known. Did you mean "scenes"? ${roles}`,
  ],
  "a misspelt field of a check": [
    () => flattened({ sizes: ["1M"] }),
    `flattened(): the field "sizes" is not known; its value is a list of 1. Did you mean "size"? ${selectionFields}`,
  ],
  "a number for a term": [
    () => difference(own, 0.5),
    "difference(): right is 0.5. Give a term other than share(): mean(), best(), difference() or another",
  ],
  "a ratio with a choice in it": [
    () => ratio(best({ method: "simclr" }), none),
    "ratio(): of is a term. Give a term without best, worst, spread or share in it",
  ],
  "a share without its classes": [
    () => share({ pretrain: "species" }, { pretrain: "scenes" }),
    "share(): options is missing. Write { … }. The field is classes",
  ],
  "a claim of nothing": [
    () => claim(asked),
    "claim(): term is missing. Give the one term, or contrasts with a term each",
  ],
  "a claim of both": [
    () => claim({ ...asked, term: own, contrasts: [{ id: "d", statement: "s", term: own }] }),
    "claim(): term and contrasts are both given. Give the one term, or contrasts with a term each",
  ],
  "a threshold as text": [
    () => claim({ ...asked, term: own, threshold: "2 points" }),
    'claim(): threshold is "2 points". Give a number',
  ],
  "a misspelt field of a contrast": [
    () => claim({ ...asked, contrasts: [{ id: "d", statment: "s", term: own }] }),
    'claim(): the field "contrasts[0].statment" is not known; its value is "s". Did you mean "statement"? The fields are id, statement, term, direction, threshold, paper',
    "claim(): contrasts[0].statement is missing. Give a text",
  ],
  "a term for a check": [
    () => claim({ ...asked, term: own, checks: [none] }),
    "claim(): checks[0] is a term. Give a check, as flattened() or another gives it",
  ],
  "within nothing": [
    () => claim({ ...asked, term: own, direction: "within" }),
    'claim(): of "c", a contrast lies "within" 0. Give a threshold above 0',
  ],
  "an experiment without its question": [
    () => experiment({ ...about, question: undefined, trials: [one] }),
    "experiment(): question is missing. Give a text",
  ],
  "an id with capitals": [
    () => experiment({ ...about, id: "Few Images", trials: [one] }),
    'experiment(): id is "Few Images". Give small letters, digits and single hyphens, such as few-images',
  ],
  "the id that stands for all": [
    () => experiment({ ...about, id: "all", trials: [one] }),
    'experiment(): id "all" stands for all experiments. Give another',
  ],
  "contrasts of two claims that have one id": [
    () => {
      const of = (id: string) =>
        claim({ id, statement: "s", contrasts: [{ id: "d", statement: "s", term: own }] });
      experiment({ ...about, trials: [one], claims: [of("c"), of("e")] });
    },
    'experiment(): in "few", two contrasts have the id "d". Rename one',
  ],
  "a trial for a list of them": [
    () => experiment({ ...about, trials: one }),
    "experiment(): trials is a trial. Give a list of trials",
  ],
  "half a seed": [
    () => experiment({ ...about, trials: [one, two], seeds: 2.5 }),
    "experiment(): seeds is 2.5. Give 1, 2, 3, …",
  ],
  "a paper's value in percent": [
    () => experiment({ ...about, trials: [one], paper: [{ where: {}, value: 49.3 }] }),
    "experiment(): paper[0].value is 49.3. Give a share from 0 to 1",
  ],
  "a source that there is not": [
    () => experiment({ ...about, trials: [one], paperSource: "figure" }),
    'experiment(): paperSource "figure" is not known. Choose among table, plot, review',
  ],
  "another's role bound by an experiment": [
    () => experiment({ ...about, trials: [one], data: { species: { dataset: "image-folder" } } }),
    'experiment(): data binds "species", which is a role of all experiments. Bind it in data.yaml, or bind a role of your own here',
  ],
  "a role bound by an experiment that nothing is called": [
    () => {
      dsl.role("pond");
      const data = { pnd: { dataset: "image-folder" }, pond: { dataset: "image-folder" } };
      experiment({ ...about, trials: [one], data });
    },
    'experiment(): data binds "pnd", which is no role of a trial. Name it in a trial: domain(role("pnd"))',
  ],
  "a misspelt factor of a figure": [
    () => figure.lines({ x: "lables", color: "method" }),
    `figure.lines(): x "lables" is not known. Did you mean "labels"? ${factors}`,
  ],
  "a setting for a factor, without its path": [
    () => figure.lines({ x: "temperature" }),
    `figure.lines(): x "temperature" is not known. Did you mean "training.temperature"? ${factors}`,
  ],
  "a setting that no method has, among others": [
    () => figure.heat({ x: ["on", "training.heat"], y: "method" }),
    `figure.heat(): x[1] "training.heat" is not known. Did you mean "training.head"? ${factors}`,
  ],
  "lines along nothing": [
    () => figure.lines({ color: "method" }),
    `figure.lines(): x is missing. ${factors}`,
  ],
  "a place that a figure does not have": [
    () => figure.dots({ y: "method", x: "labels" }),
    'figure.dots(): the field "x" is not known; its value is "labels". The fields are y, color, panel, where, title',
  ],
  "a factor in two places": [
    () => figure.heat({ x: "on", y: ["method", "on"] }),
    'figure.heat(): the factor "on" stands in two places. Leave it out of one',
  ],
  "columns without rows": [
    () => figure.table({ x: "on" }),
    "figure.table(): y is missing. Give the factors of its rows too, or leave x and panel out",
  ],
  "a wrong selection of a figure": [
    () => figure.dots({ y: "method", where: { metod: "simclr" } }),
    `figure.dots(): the field "where.metod" is not known; its value is "simclr". Did you mean "method"? ${selectionFields}`,
  ],
  "a figure that is not in a list, and one that is none": [
    () => {
      experiment({ ...about, trials: [one, two], figures: figure.dots({ y: "method" }) });
      experiment({ ...about, trials: [one, two], figures: ["method"] });
    },
    "experiment(): figures is a figure. Give a list of figures",
    'experiment(): figures[0] is "method". Give a figure, as figure.lines() or another gives it',
  ],
  "a misspelt scale": [
    () => dsl.scaleOf("minni"),
    'scaleOf(): name "minni" is not known. Did you mean "mini"? Choose among smoke, mini, small, paper',
  ],
  "a trial that occurs twice": [
    () => experiment({ ...about, trials: [one, two], beyond: [one] }),
    'experiment(): in "few", a trial occurs twice: simclr with linear on species is trials[0] and beyond[0]. Leave one out',
  ],
  "a trial that occurs twice, with its settings in another order": [
    () => {
      const of = (training: object) => simclr(species, { training });
      const both = [of({ epochs: 4, temperature: 0.3 }), of({ temperature: 0.3, epochs: 4 })];
      experiment({ ...about, trials: grid(both, [probe]) });
    },
    'experiment(): in "few", a trial occurs twice: simclr with linear on species is trials[0] and trials[1]. Leave one out',
  ],
  "trials that are alike only for a wrong size": [
    () => {
      const of = (count: number) => simclr(domain("species", dsl.images(count)));
      experiment({ ...about, trials: grid([of(0.5), of(-3)], [probe]) });
    },
    "images(): count is 0.5. Give 2, 3, 4, …",
    "images(): count is -3. Give 2, 3, 4, …",
  ],
  "a network and a scale of one's own that are wrong, given to others": [
    () => {
      const network = dsl.resnet({ blocks: [1], width: 0 });
      const own = dsl.scale({ ...typed.mini, name: "My Scale", network });
      grid([simclr(species, { network })], [probe], { scale: own });
      trial(untrained({ network }), probe, { scale: own });
    },
    "resnet(): width is 0. Give 1, 2, 3, …",
    'scale(): name is "My Scale". Give small letters, digits and single hyphens, such as few-images',
  ],
  "settings of a scale that are missing, or no settings": [
    () => {
      const { finetune: _, ...lacking } = typed.mini;
      dsl.scale({ ...lacking, name: "own", knn: 5 });
    },
    "scale(): knn is 5. Write { … }. The fields are neighbours, temperature, heldOut",
    "scale(): finetune is missing. Give it",
  ],
};

for (const [what, [make, ...messages]] of Object.entries(mistakes)) {
  Deno.test(`${what}: told at its line, and the next declaration goes on`, async () => {
    const { mistakes } = await collecting(() => Promise.resolve(void make()));
    assert.deepEqual(mistakes.map(({ problem, remedy }) => `${problem}. ${remedy}`), messages);
    for (const { place } of mistakes) assert.match(place, /^tests\/dsl\/mistakes_test\.ts:\d+$/);
  });
}

Deno.test("a mistake is thrown where none are collected", () => {
  assert.throws(() => domain("species", "100k"), {
    name: "InputError",
    message: /^tests\/dsl\/mistakes_test\.ts:\d+: domain\(\): size "100k" is not known\./,
  });
});

Deno.test("the place is the line that calls, within a list and a callback of the user's too", async () => {
  const first = 1 + Number(/:(\d+):\d+\)?$/m.exec(new Error().stack!)![1]);
  const { mistakes } = await collecting(async () => {
    await Promise.resolve();
    for (const size of ["10k", "5k"]) domain("species", size);
    ["species"].map((on) => linear(on, { labels: "2M" }));
  });
  assert.deepEqual(
    mistakes.map(({ place }) => Number(place.split(":")[1]) - first),
    [2, 3],
  );
});
