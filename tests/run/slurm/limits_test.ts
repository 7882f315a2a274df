import assert from "node:assert/strict";
import { arrayLengths, fitted } from "@/lib/run/slurm/arrays.ts";
import { readLimits } from "@/lib/run/slurm/limits.ts";

const config = `Configuration data as of 2026-11-30T00:00:00
MaxArraySize            = 1001
MaxDBDMsgs              = 20004
`;

/** An association as scontrol prints one. */
function association(
  account: string,
  submit: string,
  rest: { user?: string; isDefault?: boolean },
) {
  const { user = "me(1000)", isDefault = false } = rest;
  return `ClusterName=c Account=${account} UserName=${user} Partition= Priority=0 ID=2
    ParentAccount= Lft-Rgt=3-4 DefAssoc=${isDefault ? "Yes" : "No"}
    GrpSubmitJobs=N(2) GrpWall=N(0.00)
    MaxJobs=4(1) MaxJobsAccrue= MaxSubmitJobs=${submit} MaxWallPJ=
`;
}

const associations = "Current Association Manager state\n\nAssociation Records\n\n" +
  association("lab", "10(2)", { user: "" }) +
  association("lab", "50(8)", { isDefault: true }) +
  association("guests", "5(7)", {});

Deno.test("readLimits() counts what is left of the association that jobs have", () => {
  assert.deepEqual(readLimits(config, associations, []), { arraySize: 1001, jobs: 42 });
  assert.equal(readLimits(config, associations, ["lab"]).jobs, 42);
  assert.equal(readLimits(config, associations, ["guests"]).jobs, 0);
});

Deno.test("readLimits() knows of no limit where none is set, or the cluster keeps no accounts", () => {
  assert.equal(readLimits(config, "", []).jobs, Infinity);
  const free = association("lab", "", { isDefault: true });
  assert.equal(readLimits(config, free, []).jobs, Infinity);
  assert.equal(readLimits("", "", []).arraySize, 1001);
});

Deno.test("fitted() gives up successors before workers, and keeps one worker of each class", () => {
  const asked = [{ workers: 8, successors: 2 }, { workers: 2, successors: 1 }];
  const fit = (jobs: number) => fitted(asked, { arraySize: 1001, jobs });
  assert.deepEqual(fit(28), asked);
  assert.deepEqual(fit(27), [{ workers: 8, successors: 1 }, { workers: 2, successors: 1 }]);
  assert.deepEqual(fit(10), [{ workers: 8, successors: 0 }, { workers: 2, successors: 0 }]);
  assert.deepEqual(fit(5), [{ workers: 3, successors: 0 }, { workers: 2, successors: 0 }]);
  assert.deepEqual(fit(2), [{ workers: 1, successors: 0 }, { workers: 1, successors: 0 }]);
  assert.equal(fit(1), null);
});

Deno.test("arrayLengths() makes no array longer than the cluster allows", () => {
  const lengths = (workers: number) => arrayLengths(workers, { arraySize: 8, jobs: Infinity });
  assert.deepEqual(lengths(8), [8]);
  assert.deepEqual(lengths(19), [8, 8, 3]);
});
