import { useNavigate } from '@tanstack/react-router'
import { Flex } from 'antd'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { Act, useReadOnlyReason } from '../../ui/act'
import { DeleteButton } from '../../ui/delete-button'
import { type Api, apisKey, deleteApi } from './queries'

export function RowActions({ api }: { readonly api: Api }) {
  const t = useText()
  const navigate = useNavigate()
  const readOnly = useReadOnlyReason()
  return (
    <Flex gap={8}>
      <Act size="small" onClick={() => void navigate(paths.debugApi(api.id))}>{t.apis.tabs.debug}</Act>
      <Act size="small" why={readOnly} onClick={() => void navigate(paths.editApi(api.id))}>{t.common.edit}</Act>
      <DeleteButton size="small" name={api.definition.name} effect={t.apis.deleteEffect} run={() => deleteApi(api)} touches={[apisKey]} />
    </Flex>
  )
}
