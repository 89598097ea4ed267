// A button that shows only a picture, with its name for the pointer and the screen reader.
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';

export interface IconButtonProps {
  readonly icon: IconName;
  readonly name: string;
  readonly onPress: () => void;
}

export function IconButton({ icon, name, onPress }: IconButtonProps) {
  return (
    <button type="button" class="tool" aria-label={name} title={name} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
