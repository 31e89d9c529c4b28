// A button that says why it cannot be pressed. It stays reachable by keyboard, so that everybody learns the reason.
import { LoadingOutlined } from '@ant-design/icons'
import { Button, type ButtonProps, Tooltip } from 'antd'
import { useText } from '../i18n/text'
import { useCaller } from '../session/session'

export interface ActProps extends Omit<ButtonProps, 'disabled'> {
  /** Why not; absent: it can be pressed. */
  readonly why?: string | undefined
}

// The library's own icon fades out, and stays part of the button's name where nothing moves.
const busy = { icon: <LoadingOutlined spin aria-hidden /> }

export function Act({ why, onClick, style, loading, ...button }: ActProps) {
  if (why === undefined) return <Button {...button} loading={loading === true ? busy : (loading ?? false)} {...(onClick && { onClick })} {...(style && { style })} />
  return (
    <Tooltip title={why}>
      <Button {...button} htmlType="button" aria-disabled style={{ ...style, opacity: 0.55, cursor: 'not-allowed' }} />
    </Tooltip>
  )
}

/** Why the caller may not change anything; undefined: it may. */
export function useReadOnlyReason(): string | undefined {
  const t = useText()
  return useCaller().role === 'read_only' ? t.common.readOnly : undefined
}
