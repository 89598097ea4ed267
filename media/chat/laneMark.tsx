// The extension's own sign, a lane that leads away, for the empty panel.

export function LaneMark() {
  return (
    <svg class="lane-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M7.8 3.5 2.8 20.5M16.2 3.5l5 17" />
      <path class="lane-mark-middle" d="M12 20.5v-3.4M12 13.6v-3M9.9 6.3 12 4.2l2.1 2.1" />
    </svg>
  );
}
