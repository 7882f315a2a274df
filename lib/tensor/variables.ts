import * as tf from "@tensorflow/tfjs";

/** All variables of the process that are not disposed. */
export function allVariables(): tf.Variable[] {
  return Object.values(tf.engine().registeredVariables);
}

/** Runs `body`, which may assign to any variable; afterwards each has the value that it had, if it still exists. */
export function withVariablesRestored<T>(body: (variables: readonly tf.Variable[]) => T): T {
  const variables = allVariables();
  const originals = variables.map((variable) => tf.keep(tf.clone(variable)));
  try {
    return body(variables);
  } finally {
    variables.forEach((variable, i) => {
      if (!variable.isDisposed) variable.assign(originals[i]!);
    });
    tf.dispose(originals);
  }
}

/** Variables that a call which still runs is going to assign. */
const awaiting = new Set<tf.Variable>();

/**
 * Refuses a call whose variables have no settled value.
 *
 * @param name The function's name, for the error.
 * @throws {Error} If one was disposed, or is to be assigned by a call that still runs.
 */
export function checkVariables(variables: readonly tf.Variable[], name: string): void {
  for (const variable of variables) {
    if (variable.isDisposed || !allVariables().includes(variable)) {
      throw new Error(`Cannot call ${name}: its variable "${variable.name}" was disposed`);
    }
    if (awaiting.has(variable)) {
      throw new Error(
        `Cannot call ${name}: a call that still runs assigns its variable "${variable.name}". ` +
          "Await that call first",
      );
    }
  }
}

/** Runs `call`, while no other call may read or assign these variables. */
export async function assigning<T>(
  variables: readonly tf.Variable[],
  call: () => Promise<T>,
): Promise<T> {
  for (const variable of variables) awaiting.add(variable);
  try {
    return await call();
  } finally {
    for (const variable of variables) awaiting.delete(variable);
  }
}

/**
 * Gives variables the values that a call made for them.
 *
 * @param values One for each variable; disposed.
 * @param name The function's name, for the error.
 * @throws {Error} If a variable was disposed meanwhile; the others have their new values.
 */
export function assignAll(
  variables: readonly tf.Variable[],
  values: readonly tf.Tensor[],
  name: string,
): void {
  const gone: string[] = [];
  variables.forEach((variable, i) => {
    if (variable.isDisposed) gone.push(`"${variable.name}"`);
    else variable.assign(values[i]!);
  });
  tf.dispose([...values]);
  if (gone.length === 0) return;
  throw new Error(`${name} assigns ${gone.join(", ")}, which was disposed while the call ran`);
}
