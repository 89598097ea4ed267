// The extension's own sign, a lane that leads away, for the empty panel.

export function LaneMark() {
  return (
    <svg class="lane-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M9.2 3 3.5 21M14.8 3l5.7 18" />
      <path class="lane-mark-middle" d="M12 3.5v3.2M12 10v3.6M12 17v4" />
    </svg>
  );
}
