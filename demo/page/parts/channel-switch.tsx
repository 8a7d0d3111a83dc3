/**
 * Picks the channel that a scenario is played on.
 *
 * @module
 */
import type { Signal } from '@preact/signals'
import { type Channel, channels } from '../channels.js'
import { Choice } from './choice.js'

export function ChannelSwitch({ selected }: { readonly selected: Signal<Channel> }) {
  return (
    <Choice
      label="Channel"
      options={channels.map(({ id, label }) => ({ value: id, label }))}
      value={selected.value.id}
      onChange={id => {
        selected.value = channels.find(channel => channel.id === id) ?? selected.value
      }}
    />
  )
}
