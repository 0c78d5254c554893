import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';

export interface SettingProps<Value extends string> {
  readonly legend: ComponentChildren;
  readonly value: Value;
  readonly choose: (value: Value) => void;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly hint?: string;
}

/** One of a few. */
export function Setting<Value extends string>(props: SettingProps<Value>): VNode {
  const { legend, value, choose, options, hint } = props;
  const id = useId();
  return (
    <fieldset class="setting" aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
      <legend>{legend}</legend>
      <div class="options">
        {options.map(([option, words]) => (
          <label key={option}>
            <input type="radio" name={id} checked={option === value} onChange={() => choose(option)} />
            {words}
          </label>
        ))}
      </div>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}

export interface SwitchProps {
  readonly isOn: boolean;
  readonly turn: (isOn: boolean) => void;
  readonly hint?: string;
  readonly children: ComponentChildren;
}

export function Switch({ isOn, turn, hint, children }: SwitchProps): VNode {
  const id = useId();
  return (
    <div class="switch">
      <label>
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={hint === undefined ? undefined : id}
          onChange={({ currentTarget }) => turn(currentTarget.checked)}
        />
        {children}
      </label>
      {hint === undefined ? null : (
        <p class="hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  );
}
