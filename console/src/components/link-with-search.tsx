// A link to a page with something in its query, such as a tab. Areas bring their own routes, so the router's types know
// none of their queries; the place that asserts that they fit is this one.
import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import type { LinkProps } from '@tanstack/react-router';

export interface LinkWithSearchProps {
  readonly to: string;
  readonly query: Readonly<Record<string, string>>;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** For `component` of Mantine's buttons and anchors. */
export const LinkWithSearch = ({ to, query, ...rest }: LinkWithSearchProps) => (
  <Link {...({ to, search: query } as LinkProps)} {...rest} />
);
