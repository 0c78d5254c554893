import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface NeededProps {
  /** Called where the code could not be loaded, as without a network. */
  readonly failed: () => void;
}

export const NOT_LOADED = 'This could not be loaded. Try again when there is a connection.';

/** A component whose code is loaded when it is shown for the first time; until then nothing is drawn. */
export function whenNeeded<Props extends NeededProps>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => VNode | null {
  let loaded: ComponentType<Props> | undefined;
  return function WhenNeeded(props) {
    const [Shown, setShown] = useState<ComponentType<Props> | undefined>(() => loaded);
    useEffect(() => {
      let isGone = false;
      if (loaded === undefined)
        load().then(
          (made) => {
            loaded = made;
            if (!isGone) setShown(() => made);
          },
          () => (isGone ? undefined : props.failed()),
        );
      return () => {
        isGone = true;
      };
    }, []);
    return Shown === undefined ? null : <Shown {...props} />;
  };
}
