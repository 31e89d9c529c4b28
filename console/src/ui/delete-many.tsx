// Deletes the selected rows of a list, one after another; what could not be deleted is told by name.
import { useQueryClient } from '@tanstack/react-query'
import { Failure } from '../api/failure'
import { useText } from '../i18n/text'
import { DeleteButton, type DeleteWords } from './delete-button'

interface Props<Row> {
  readonly rows: readonly Row[]
  readonly name: (row: Row) => string
  readonly effect: string
  readonly run: (row: Row) => Promise<unknown>
  readonly touches: readonly (readonly unknown[])[]
  readonly clear: () => void
  /** Why these cannot be deleted. */
  readonly why?: string | undefined
  readonly words?: DeleteWords
}

export function DeleteMany<Row>({ rows, name, effect, run, touches, clear, why, words }: Props<Row>) {
  const t = useText()
  const queries = useQueryClient()
  const runAll = async () => {
    try {
      await deleteEach(rows, name, run)
    } catch (failure) {
      // Some are gone all the same.
      await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })))
      throw failure
    }
  }
  return (
    <DeleteButton
      {...words}
      name={rows.map(name).join(', ')}
      effect={effect}
      run={runAll}
      touches={touches}
      then={clear}
      why={rows.length === 0 ? t.common.selectFirst : why}
    />
  )
}

async function deleteEach<Row>(rows: readonly Row[], name: (row: Row) => string, run: (row: Row) => Promise<unknown>): Promise<void> {
  const told: string[] = []
  let first: Failure | undefined
  for (const row of rows) {
    try {
      await run(row)
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure
      first ??= failure
      told.push(`${name(row)}: ${failure.message}`)
    }
  }
  if (first) throw first.withDetail(told.join('; '))
}
