// Components that are drawn again only when one of their props is another one: finished parts never are.
import { Component } from 'preact';
import type { ComponentChildren, ComponentClass } from 'preact';

export function frozen<Props extends object>(
  view: (props: Props) => ComponentChildren,
): ComponentClass<Props> {
  return class Frozen extends Component<Props> {
    static override displayName = `Frozen${view.name}`;

    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const now = this.props as Record<string, unknown>;
      return Object.entries(next).some(([name, value]) => now[name] !== value);
    }

    override render(): ComponentChildren {
      return view(this.props);
    }
  };
}
