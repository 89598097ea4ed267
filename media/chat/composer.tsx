// Where the user writes: keeps every character until the host has it, and never takes the focus.
import { useEffect, useRef, useState } from 'preact/hooks';

import { Attachments } from './attachments.tsx';
import { ComposerWriter } from './composerWriter.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './iconButton.tsx';
import { usePanel, useWords } from './panel.ts';

export function Composer() {
  const panel = usePanel();
  const words = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isEmpty, setIsEmpty] = useState(true);
  const [writer] = useState(() => new ComposerWriter(panel, setIsEmpty));
  useEffect(() => (field.current ? writer.attach(field.current) : undefined), [writer]);
  const isBusy = panel.store.status.value.busy;
  return (
    <div class="composer">
      <div class="composer-box">
        <Attachments />
        <textarea
          ref={field}
          rows={1}
          aria-label={words.message}
          placeholder={words.placeholder}
          spellcheck={false}
          onInput={writer.onInput}
          onKeyDown={writer.onKeyDown}
          onCompositionEnd={writer.onCompositionEnd}
          onBlur={writer.onBlur}
        />
        <div class="composer-tools">
          <IconButton
            icon="attach"
            name={words.attach}
            onPress={() => panel.post({ type: 'attachment/pick' })}
          />
          <span class="gap" />
          {isBusy ? (
            <SendButton key="send" name={words.stop} icon="stop" isDisabled={false} onPress={writer.stop} />
          ) : (
            <SendButton
              key="send"
              name={words.send}
              icon="send"
              isDisabled={isEmpty}
              onPress={writer.sendAndStay}
            />
          )}
        </div>
      </div>
    </div>
  );
}

interface SendButtonProps {
  readonly name: string;
  readonly icon: 'send' | 'stop';
  readonly isDisabled: boolean;
  readonly onPress: () => void;
}

function SendButton({ name, icon, isDisabled, onPress }: SendButtonProps) {
  return (
    <button
      type="button"
      class={`send ${icon}`}
      aria-label={name}
      title={name}
      disabled={isDisabled}
      // A press with the pointer leaves the focus in the text.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
