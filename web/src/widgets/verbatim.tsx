/** A word, number or hash out of a file, in its own language and direction. */
export const Verbatim = ({ text }: { text: string }) => (
  <span translate={false} dir="auto">
    {text}
  </span>
);
