/**
 * The pictures of this page: line drawings in the colour of the text around them. All of them only
 * decorate words that are on the screen as well.
 *
 * @module
 */

const PATHS = {
  message: [
    'M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-7l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z',
    'M8 9.5h8',
    'M8 13h5',
  ],
  whatsapp: [
    'M3.5 20.5l1.3-4.4a8.5 8.5 0 1 1 3.2 3.1Z',
    'M9.2 8.2c-.9.9-.7 2.4 1.4 4.6 2.2 2.2 3.8 2.4 4.7 1.5l.6-.8-2.1-1.4-.9.7c-.9-.4-1.6-1.1-2-2l.7-.9-1.4-2.1Z',
  ],
  mail: ['M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z', 'M3.5 6.5 12 13l8.5-6.5'],
  shield: ['M12 3l7.5 2.8v5.4c0 4.4-3 7.9-7.5 9.8-4.5-1.9-7.5-5.4-7.5-9.8V5.8Z', 'M8.8 11.8l2.3 2.3 4.2-4.4'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  close: ['M6 6l12 12', 'M18 6 6 18'],
  link: [
    'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-.8.8',
    'M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l.8-.8',
  ],
  clock: ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M12 7.5V12l3 2'],
  review: ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M8 12h.01', 'M12 12h.01', 'M16 12h.01'],
  offline: [
    'M4 4l16 16',
    'M8.5 15.5a5 5 0 0 1 6.5-.4',
    'M5 12a10 10 0 0 1 4-2.4',
    'M13 9.1a10 10 0 0 1 6 2.9',
    'M2.5 8.5A14.5 14.5 0 0 1 6.5 6',
    'M10.5 5.1A14.5 14.5 0 0 1 21.5 8.5',
    'M12 19h.01',
  ],
  alert: ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M12 7.5v5', 'M12 16h.01'],
  blocked: ['M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z', 'M5.7 5.7l12.6 12.6'],
  method: ['M12 3l7.5 2.8v5.4c0 4.4-3 7.9-7.5 9.8-4.5-1.9-7.5-5.4-7.5-9.8V5.8Z', 'M12 8v4', 'M12 15.5h.01'],
  chevron: ['M9 5.5l6.5 6.5L9 18.5'],
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {PATHS[name].map(path => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}
