// What a new stage and a changed one have in common.
import { useText } from '../../i18n/text'
import { DescriptionField, NameField } from '../../ui/form/common-fields'

interface Props {
  /** Its name is fixed. */
  readonly named?: 'fixed'
}

export function StageFields({ named }: Props) {
  const t = useText()
  return (
    <>
      <NameField fixed={named} extra={named && t.stages.builtInReason} />
      <DescriptionField />
    </>
  )
}
