import { useEffect, useState } from 'react';

/** Where a file is to go: what is suggested, until a person says otherwise. */
export interface Place {
  readonly path: string;
  set(path: string): void;
  /** Gives the file another ending at once, whoever named it. */
  rename(to: (path: string) => string): void;
  /** While the field has the focus nothing changes under the person's hands. */
  onFocus(): void;
  onBlur(): void;
}

/** Follows `suggest`, which must stay the same function while it would suggest the same. */
export function usePlace(suggest: () => Promise<string>, fail: (error: unknown) => void): Place {
  const [suggested, setSuggested] = useState('');
  const [own, setOwn] = useState<string | null>(null);
  /** What the field had when it got the focus, if that was a suggestion. */
  const [untouched, setUntouched] = useState<string | null>(null);
  const path = own ?? suggested;
  useEffect(() => {
    let gone = false;
    suggest()
      .then((found) => gone || setSuggested(found))
      .catch(fail);
    return () => {
      gone = true;
    };
  }, [suggest, fail]);
  return {
    path,
    set: setOwn,
    rename(to) {
      setSuggested(to(suggested));
      setOwn(own && to(own));
    },
    onFocus() {
      if (own !== null || path === '') return;
      setOwn(path);
      setUntouched(path);
    },
    onBlur() {
      if (own === untouched) setOwn(null);
      setUntouched(null);
    },
  };
}
