import type { VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { EnterKeySetting } from './enter-key.ts';

/** For a menu. Not for touch screens, where Enter always breaks the line. */
export function EnterKeyChoice({ setting }: { setting: EnterKeySetting }): VNode {
  const [value, setValue] = useState(setting.value);
  const hint = useId();
  return (
    <div class="enter-key">
      <label>
        <input
          type="checkbox"
          checked={value === 'sends'}
          aria-describedby={hint}
          onChange={({ currentTarget }) => {
            setting.choose(currentTarget.checked ? 'sends' : 'breaks');
            setValue(setting.value);
          }}
        />
        Enter sends
      </label>
      <p class="hint" id={hint}>
        {value === 'sends' ? 'Shift+Enter breaks the line.' : 'Enter breaks the line, Shift+Enter sends.'}
      </p>
    </div>
  );
}
