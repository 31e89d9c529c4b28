import { useText } from '../../i18n/text'
import { FormDialog } from '../../ui/form/form-dialog'
import { extendGrant, type Grant, type GrantRow, grantsKey } from './queries'
import { UntilField } from './until'

interface Draft {
  readonly until?: number | null
}

export function Extend({ grant }: { readonly grant: GrantRow }) {
  const t = useText()
  return (
    <FormDialog<Draft, Grant>
      size="small"
      label={t.grants.extend}
      title={t.grants.extendTitle(grant.named.app, grant.named.api)}
      initial={{ until: grant.until ?? null }}
      save={({ until }) => extendGrant(grant, until ?? null)}
      touches={[grantsKey]}
      done={t.common.saved}
      submit={t.common.save}
    >
      <UntilField />
    </FormDialog>
  )
}
