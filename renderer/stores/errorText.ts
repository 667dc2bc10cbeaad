import { toFailure } from '../../electron/contract/errors.ts';

/** The words of anything thrown, for a person. */
export const errorText = (error: unknown): string => toFailure(error).message;
