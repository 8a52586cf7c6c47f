import { child, has, type Node, text } from '../tree';
import { typeOf } from './names';

/** An option of ALTER SEQUENCE after which nextval may give a number twice, or fail. */
export function narrowing(option: Node): string | undefined {
  const name = text(option, 'defname');
  if (name === 'restart') return 'RESTART';
  if ((name === 'maxvalue' || name === 'minvalue') && has(option, 'arg')) return name.toUpperCase();
  const type = name === 'as' ? typeOf(child(child(option, 'arg'), 'TypeName')).name : 'int8';
  return type === 'int8' ? undefined : 'AS';
}
