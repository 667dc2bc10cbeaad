import type { z } from 'zod';

/** One answer to one call. */
export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'method';
  readonly input: I;
  readonly output: O;
}

/** Events until it ends, or until the caller leaves. */
export interface Stream<I extends z.ZodType = z.ZodType, E extends z.ZodType = z.ZodType> {
  readonly kind: 'stream';
  readonly input: I;
  readonly event: E;
}

export type Entry = Method | Stream;
/** A table of domains, each a table of entries; an entry's path is `domain.name`. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Entry>>>>;

/** Declares a call with one answer. */
export const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Method<I, O> => ({
  kind: 'method',
  input,
  output,
});

/** Declares a call that answers with events. */
export const stream = <I extends z.ZodType, E extends z.ZodType>(input: I, event: E): Stream<I, E> => ({
  kind: 'stream',
  input,
  event,
});

/** How a caller cancels; services always receive a signal. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

type Call<T extends Entry> =
  T extends Method<infer I, infer O>
    ? (input: z.input<I>, options?: CallOptions) => Promise<z.output<O>>
    : T extends Stream<infer I, infer E>
      ? (input: z.input<I>, options?: CallOptions) => AsyncIterable<z.output<E>>
      : never;

/** The one type that services implement and that callers use. */
export type Api<C extends Contract> = {
  readonly [D in keyof C]: { readonly [N in keyof C[D]]: Call<C[D][N]> };
};

type Serve<T extends Entry> =
  T extends Method<infer I, infer O>
    ? (input: z.output<I>, options: Required<CallOptions>) => Promise<z.output<O>> | z.output<O>
    : T extends Stream<infer I, infer E>
      ? (input: z.output<I>, options: Required<CallOptions>) => AsyncIterable<z.output<E>>
      : never;

/** What `serve` accepts: like {@link Api}, with inputs already parsed (defaults filled in) and a signal always there. */
export type Service<C extends Contract> = {
  readonly [D in keyof C]: { readonly [N in keyof C[D]]: Serve<C[D][N]> };
};
