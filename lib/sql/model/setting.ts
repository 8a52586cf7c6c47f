import type { Statement } from '../statement';
import { child, flag, has, list, type Node, names, number, text } from '../tree';

/** `SELECT set_config(name, value, local)`, which is SET in another dress. */
export function setConfigOf(node: Node): Statement | undefined {
  const [target, ...others] = list(node, 'targetList');
  const call = child(child(child(target ?? {}, 'ResTarget'), 'val'), 'FuncCall');
  if (others.length > 0 || names(call, 'funcname').at(-1) !== 'set_config') return undefined;
  const [name, value, local] = list(call, 'args').map((one) => child(one, 'A_Const'));
  if (name === undefined || !has(name, 'sval')) return undefined;
  const of = (constant: Node | undefined) => text(child(constant ?? {}, 'sval'), 'sval');
  const isLocal = flag(child(local ?? {}, 'boolval'), 'boolval');
  return { kind: 'set', name: of(name).toLowerCase(), value: of(value), local: isLocal, reset: false };
}

/** SET and RESET. */
export const settingOf = (node: Node): Statement => {
  const value = list(node, 'args')
    .map((one) => {
      const constant = child(one, 'A_Const');
      const whole = child(constant, 'ival');
      return 'ival' in constant
        ? String(number(whole, 'ival') ?? 0)
        : text(child(constant, 'sval'), 'sval') ||
            text(child(constant, 'fval'), 'fval') ||
            (flag(child(constant, 'boolval'), 'boolval') ? 'on' : 'off');
    })
    .join(', ');
  const kind = text(node, 'kind');
  const reset = kind === 'VAR_RESET' || kind === 'VAR_SET_DEFAULT' || kind === 'VAR_RESET_ALL';
  return { kind: 'set', name: text(node, 'name').toLowerCase(), value, local: flag(node, 'is_local'), reset };
};
