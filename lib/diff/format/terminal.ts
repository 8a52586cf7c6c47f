/** What a terminal can show. */
export interface Terminal {
  readonly colour: boolean;
}
