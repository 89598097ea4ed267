// One picture beside a word or in a button that has a name of its own; never read out.
import { icons } from './icons.ts';
import type { IconName } from './icons.ts';

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {icons[name].paths.map((path) => (
        <path key={path} d={path} fill-rule="evenodd" />
      ))}
    </svg>
  );
}
