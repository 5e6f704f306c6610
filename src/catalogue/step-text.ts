/** Steps as people wrote them: keyword and text, tables and doc strings below, one line each. */
import type { PickleStep, PickleTable } from '@cucumber/messages';

function escaped(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', '\\n');
}

function width(text: string): number {
  return [...text].length;
}

function tableLines(table: PickleTable): readonly string[] {
  const rows = table.rows.map((row) => row.cells.map((cell) => escaped(cell.value)));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)));
    return `  | ${cells.join(' | ')} |`;
  });
}

export function stepLines(keyword: string, step: PickleStep): readonly string[] {
  const { dataTable, docString } = step.argument ?? {};
  return [
    `${keyword.trim()} ${step.text}`,
    ...(dataTable ? tableLines(dataTable) : []),
    ...(docString
      ? [`"""${docString.mediaType ?? ''}`, ...docString.content.split('\n'), '"""'].map(
          (line) => `  ${line}`,
        )
      : []),
  ];
}
