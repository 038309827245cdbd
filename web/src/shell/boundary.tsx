/** Contains what goes wrong while something is drawn: the rest of the page works on. */
import { Component, type ComponentChildren } from 'preact';
import { type Failure, Fault, toFailure } from '../protocol/fault';

interface Props {
  /** Where the person is: after going elsewhere it is tried again. */
  place: string;
  fallback: (failure: Failure, again: () => void) => ComponentChildren;
  children: ComponentChildren;
}

interface Broken {
  failure: Failure | null;
}

const messageOf = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

export class Boundary extends Component<Props, Broken> {
  override state: Broken = { failure: null };

  static override getDerivedStateFromError(error: unknown): Broken {
    return { failure: toFailure(new Fault('screen-broken', messageOf(error))) };
  }

  override componentDidUpdate(before: Props): void {
    if (before.place !== this.props.place && this.state.failure) this.setState({ failure: null });
  }

  override render() {
    const { failure } = this.state;
    return failure ? this.props.fallback(failure, () => this.setState({ failure: null })) : this.props.children;
  }
}
