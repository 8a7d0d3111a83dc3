/** @jsxImportSource ../lib */
/**
 * Draws an icon: a line drawing in the colour of the text around it. Icons are decorative, the same is on the screen as
 * text.
 *
 * The drawings are in `icons/`.
 *
 * @module
 */

/** The paths of a drawing, in a square of 24. */
export type Icon = readonly string[]

export interface IconViewProps {
  readonly icon: Icon
  readonly piece?: 'icon' | 'chevron'
}

export function IconView({ icon, piece = 'icon' }: IconViewProps) {
  return (
    <svg data-authsignal={piece} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {icon.map(path => (
        <path d={path} />
      ))}
    </svg>
  )
}
