/** A JSON schema as far as Inkling can hold a model to it. */
export type Shape =
  /** Exactly these fields, in this order; those that are not required may be missing. */
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  /** Any keys, each with such a value. */
  | { readonly kind: 'map'; readonly value: Shape }
  | {
      readonly kind: 'array';
      /** What the first items are, one by one; all of them are there. */
      readonly first: readonly Shape[];
      readonly items: Shape;
      readonly min: number;
      readonly max: number | null;
    }
  | { readonly kind: 'string'; readonly min: number; readonly max: number | null }
  | { readonly kind: 'moment'; readonly format: MomentFormat }
  | { readonly kind: 'number' | 'integer' | 'boolean' | 'null' | 'any' }
  /** One of these values, each as JSON text. */
  | { readonly kind: 'literal'; readonly values: readonly string[] }
  | { readonly kind: 'choice'; readonly options: readonly Shape[] };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
}

export type MomentFormat = 'date' | 'time' | 'date-time';
export const momentFormats: readonly string[] = ['date', 'time', 'date-time'] satisfies MomentFormat[];

/** How deep a value may nest where a schema allows anything. */
export const anyDepth = 3;
