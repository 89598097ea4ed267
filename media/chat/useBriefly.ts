// A state that is on for a moment, such as the tick after copying.
import { useEffect, useRef, useState } from 'preact/hooks';

/** Milliseconds: long enough to be noticed by somebody who looks up only then. */
const moment = 2_000;

export function useBriefly(): readonly [isOn: boolean, turnOn: () => void] {
  const [isOn, setIsOn] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const turnOn = (): void => {
    clearTimeout(timer.current);
    setIsOn(true);
    timer.current = setTimeout(() => setIsOn(false), moment);
  };
  return [isOn, turnOn];
}
