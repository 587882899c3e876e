// The mark: two lines of running water.
export const Logo = () => <img src="/console-icon.svg" alt="" width={24} height={24} />;
