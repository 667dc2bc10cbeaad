// Endings of several languages, the longest first; crude on purpose: both sides are cut alike.
const endings =
  /(?:ations?|ungen|ingly|ness|ment|ings?|heit|keit|ung|ies|ied|ers?|ern|est|ed|es|en|em|ly|os|as|s|e|n|y)$/;

/** A word without its ending, so that "repairs" finds "repaired"; at least four letters are left. */
export function stemOf(folded: string): string {
  if (folded.length < 5 || /\d/.test(folded)) return folded;
  const stem = folded.replace(endings, '');
  return stem.length >= 4 ? stem : folded;
}
