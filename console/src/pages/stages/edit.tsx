import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { paths } from '../../paths'
import { EditForm } from '../../ui/form/edit-form'
import { Page } from '../../ui/page'
import { StageFields } from './fields'
import { isBuiltIn, stageQuery, stagesKey, updateStage } from './queries'

type Patch = Schemas['StagePatch']
const route = getRouteApi('/known/stages/$stage/edit')

export function EditStage() {
  const t = useText()
  const navigate = useNavigate()
  const { data: stage } = useSuspenseQuery(stageQuery(route.useParams().stage))
  const leave = () => void navigate(paths.stages())
  const fixed = isBuiltIn(stage)
  return (
    <Page title={`${t.stages.edit[stage.dialect]}: ${stage.name}`}>
      <EditForm<Patch, unknown>
        draft={`stages/${stage.id}`}
        initial={{ name: stage.name, description: stage.description ?? '' }}
        save={({ name, description }) => updateStage(stage, { name: fixed ? null : name, description })}
        touches={[stagesKey]}
        done={t.common.saved}
        then={leave}
        submit={t.common.save}
        cancel={leave}
      >
        <StageFields {...(fixed && { named: 'fixed' as const })} />
      </EditForm>
    </Page>
  )
}
