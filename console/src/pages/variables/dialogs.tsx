// Adds a variable, and changes the value of one.
import { Form, Input } from 'antd'
import type { Schemas } from '../../api/client'
import { useText } from '../../i18n/text'
import { EditForm } from '../../ui/form/edit-form'
import { FormDialog } from '../../ui/form-dialog'
import { addVariable, changeVariable, type Variable, variablesKey } from './queries'

interface AddProps {
  readonly open: boolean
  readonly group: string
  readonly stage: string
  readonly close: () => void
}

export function AddVariable({ open, group, stage, close }: AddProps) {
  const t = useText()
  return (
    <FormDialog open={open} title={t.variables.add} close={close}>
      <EditForm<Schemas['VariableDraft'], unknown>
        draft={`groups/${group}/variable`}
        initial={{}}
        save={(draft) => addVariable(group, stage, draft)}
        touches={[variablesKey]}
        done={t.common.saved}
        then={close}
        submit={t.common.add}
        cancel={close}
      >
        <Form.Item name="name" label={t.common.name} extra={t.variables.nameHint} rules={[{ required: true }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <ValueField />
      </EditForm>
    </FormDialog>
  )
}

interface ChangeProps {
  readonly variable: Variable | undefined
  readonly close: () => void
}

export function ChangeVariable({ variable, close }: ChangeProps) {
  const t = useText()
  return (
    <FormDialog open={variable !== undefined} title={t.variables.edit(variable?.name ?? '')} close={close}>
      {variable && (
        <EditForm<Schemas['VariablePatch'], unknown>
          initial={{ value: variable.value }}
          save={(patch) => changeVariable(variable, patch)}
          touches={[variablesKey]}
          done={t.common.saved}
          then={close}
          submit={t.common.save}
          cancel={close}
        >
          <ValueField />
        </EditForm>
      )}
    </FormDialog>
  )
}

function ValueField() {
  const t = useText()
  return (
    <Form.Item name="value" label={t.variables.value} extra={t.variables.valueHint} rules={[{ required: true }]}>
      <Input autoComplete="off" />
    </Form.Item>
  )
}
