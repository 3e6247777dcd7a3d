/** Rows of an Excel sheet, its header among them. */
export const excelSheetRows = 1_048_576;
