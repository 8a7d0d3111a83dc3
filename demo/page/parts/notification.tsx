/**
 * The latest news of the phone at the top of the screen while the phone is out of sight: scrolled away
 * on a narrow screen, or behind the hosted UI's popup.
 *
 * @module
 */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../../src/emulator/inspector/parts/icons.js'
import { phoneInView, popupOpen } from '../messages.js'
import { latestNews } from '../news.js'

const VISIBLE_FOR = 8_000

export function Notification() {
  const box = useRef<HTMLDivElement>(null)
  const seen = useSignal<string | undefined>(undefined)
  const latest = latestNews.value
  const isNew = latest !== undefined && latest.id !== seen.value
  const show = isNew && (popupOpen.value || !phoneInView.value)

  useEffect(() => {
    if (!show) return
    // Only a popover can be above the popup's dialog, and only if it was opened later. So it is opened again for
    // each message.
    box.current?.hidePopover()
    box.current?.showPopover()
    const hide = () => {
      seen.value = latest?.id
    }
    const timer = setTimeout(hide, VISIBLE_FOR)
    return () => clearTimeout(timer)
  }, [show, latest?.id])

  if (!show) return null
  return (
    <div ref={box} popover="manual" class="notification" aria-hidden="true">
      <Icon name={latest.icon} />
      <p>{latest.text}</p>
    </div>
  )
}
