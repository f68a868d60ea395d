//! Tables without lines that fit the terminal.

use std::io;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};

/// An empty table; the columns `right` hold numbers and stand to the right.
pub(super) fn table(header: &[&str], right: &[usize]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    // Into a file or a pipe it goes as wide as it is.
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size_of(io::stdout()) {
        table.set_width(width);
    }
    table.set_header(header.iter().copied());
    for idx in right {
        if let Some(column) = table.column_mut(*idx) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
