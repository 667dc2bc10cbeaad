/** The ink drop of Inkling. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="logo">
      <path
        fill="currentColor"
        d="M12 23c-1.2 0-2-.9-3-1.9L5 17.2A9.6 9.6 0 0 1 2.2 10.6a9.8 9.8 0 0 1 19.6 0A9.6 9.6 0 0 1 19 17.2l-4 3.9c-1 1-1.8 1.9-3 1.9Z"
      />
    </svg>
  );
}
