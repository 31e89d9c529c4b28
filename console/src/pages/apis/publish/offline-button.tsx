// Takes an API offline in a stage. It asks to type DELETE, as deleting does: callers meet errors from then on.
import { useText } from '../../../i18n/text'
import { DeleteButton } from '../../../ui/delete-button'
import { useNotes } from '../../../ui/notes'
import { takeOffline } from '../deployments'
import { type Api, apisKey } from '../queries'

interface Props {
  readonly api: Api
  readonly stage: string
  readonly name: string
}

export function OfflineButton({ api, stage, name }: Props) {
  const words = useText().apis.publish
  const { say } = useNotes()
  const run = async () => {
    const { live } = await takeOffline(api.id, stage)
    say(live ? `${words.tookOffline(name)} · ${words.gone(live.serving, live.of)}` : words.tookOffline(name))
  }
  return <DeleteButton size="small" label={words.offline} name={`${api.definition.name} · ${name}`} effect={words.offlineEffect} run={run} touches={[apisKey]} />
}
