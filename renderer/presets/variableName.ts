/** The name of a variable as the label of its field: "Target language". */
export const variableName = (name: string): string => {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
};
