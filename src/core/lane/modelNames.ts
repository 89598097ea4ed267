// How one model's names relate: the plan's short alias, and the dated ids of the platform's catalog.

/** Dated ids end in six digits: `glm-5-2-260617`. */
export function isDated(id: string): boolean {
  return /-\d{6}$/.test(id);
}

/**
 * What an alias and its dated ids share: `glm-5.2` and `glm-5-2-260617` → `glm-5-2`. The makers' prefixes are left out
 * by some names and not by others, and `-preview` stands only in dated ids (api-facts 2.8).
 */
export function modelStem(id: string): string {
  return id
    .toLowerCase()
    .replace(/[._]/g, '-')
    .replace(/(-preview)?-\d{6}$/, '')
    .replace(/^(?:doubao|dola|bytedance)-(?=seed)/, '');
}

/** Whether one may be the other's alias. Two dated ids are two versions, however alike. */
export function isSameModel(left: string, right: string): boolean {
  if (left.toLowerCase() === right.toLowerCase()) return true;
  return !(isDated(left) && isDated(right)) && modelStem(left) === modelStem(right);
}
