const KEY = /^(id|uuid|key|name|code|slug|email|ctid|version|.*_key|.*_code)$/;

/** Whether a column's name says that a value of it stands in one row, or in few. */
export const isKey = (column: string): boolean => KEY.test(column);

const NUMBERED = /^(.*_)?(id|pk|key|no|nr|num|number|seq|sequence|position|version)$/i;

/** Whether a column's name says that it counts rows, so that a range of it holds few of them; an age or a status is none. */
export const isNumbered = (column: string): boolean => NUMBERED.test(column);

/** Whether a join with a list by this column reaches about a row for each of the list's; undefined is a LIMIT of its own. */
export const isRowColumn = (column: string | undefined): boolean =>
  column === undefined || isKey(column) || isNumbered(column);
