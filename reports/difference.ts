/** A way in which this study is not the paper's, with the reason. */
export interface Difference {
  readonly what: string;
  readonly paper: string;
  readonly here: string;
  readonly why: string;
}
