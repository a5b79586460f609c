//! WOFF 1.0, the wrapping of fonts for the web (<https://www.w3.org/TR/WOFF/>): each table compressed with zlib.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use skrifa::raw::{FontRef, TableProvider};

/// Bytes of the header.
const HEADER: usize = 44;
/// Bytes of an entry of the table directory.
const ENTRY: usize = 20;

/// The font as WOFF; `None` for bytes that are no font.
pub(super) fn of_sfnt(bytes: &[u8]) -> Option<Vec<u8>> {
    let font = FontRef::new(bytes).ok()?;
    let directory = font.table_directory();
    let records = directory.table_records();
    let mut entries = Vec::with_capacity(records.len() * ENTRY);
    let mut tables: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut sfnt_len = 12 + 16 * records.len();
    for record in records {
        let table = font.data_for_tag(record.tag())?;
        let table = table.as_bytes();
        let compressed = compressed(table)?;
        let stored = if compressed.len() < table.len() { &compressed } else { table };
        let offset = HEADER + records.len() * ENTRY + tables.len();
        entries.extend(record.tag().to_be_bytes());
        for field in [offset, stored.len(), table.len()] {
            entries.extend(u32::try_from(field).ok()?.to_be_bytes());
        }
        entries.extend(record.checksum().to_be_bytes());
        tables.extend(stored);
        tables.resize(tables.len().next_multiple_of(4), 0);
        sfnt_len += table.len().next_multiple_of(4);
    }
    let len = HEADER + entries.len() + tables.len();
    let mut out = Vec::with_capacity(len);
    out.extend(b"wOFF");
    out.extend(directory.sfnt_version().to_be_bytes());
    out.extend(u32::try_from(len).ok()?.to_be_bytes());
    out.extend(u16::try_from(records.len()).ok()?.to_be_bytes());
    out.extend([0; 2]);
    out.extend(u32::try_from(sfnt_len).ok()?.to_be_bytes());
    // The version of the font, and no metadata nor private data.
    out.extend([0; 24]);
    out.extend(entries);
    out.extend(tables);
    Some(out)
}

fn compressed(table: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(table).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;
    use crate::draw::font::Typeface;

    fn number(bytes: &[u8], at: usize) -> usize {
        u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
    }

    /// The font in a WOFF file, as the specification says how to unwrap it.
    pub(in crate::draw::font) fn sfnt(woff: &[u8]) -> Vec<u8> {
        assert_eq!(&woff[..4], b"wOFF");
        assert_eq!(number(woff, 8), woff.len());
        let n_tables = usize::from(u16::from_be_bytes(woff[12..14].try_into().unwrap()));
        let mut out = woff[4..8].to_vec();
        out.extend(&woff[12..14]);
        out.extend([0; 6]);
        let mut body = Vec::new();
        for index in 0..n_tables {
            let at = HEADER + index * ENTRY;
            let (offset, stored, len) = (number(woff, at + 4), number(woff, at + 8), number(woff, at + 12));
            assert_eq!(offset % 4, 0);
            let mut table = woff[offset..offset + stored].to_vec();
            if stored < len {
                table.clear();
                ZlibDecoder::new(&woff[offset..offset + stored]).read_to_end(&mut table).unwrap();
            }
            assert_eq!(table.len(), len);
            out.extend(&woff[at..at + 4]);
            out.extend(&woff[at + 16..at + 20]);
            out.extend(u32::try_from(12 + 16 * n_tables + body.len()).unwrap().to_be_bytes());
            out.extend(u32::try_from(len).unwrap().to_be_bytes());
            body.extend(table);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        out.extend(body);
        assert_eq!(out.len(), number(woff, 16));
        out
    }

    #[test]
    fn a_font_can_be_unwrapped_again() {
        let bytes = Typeface::Mono.bytes();
        let woff = of_sfnt(bytes).unwrap();
        assert!(woff.len() < bytes.len());
        let again = sfnt(&woff);
        let (one, other) = (FontRef::new(bytes).unwrap(), FontRef::new(&again).unwrap());
        for record in one.table_directory().table_records() {
            let table =
                |font: &FontRef| font.data_for_tag(record.tag()).map(|table| table.as_bytes().to_vec());
            assert_eq!(table(&one), table(&other), "{}", record.tag());
        }
        assert_eq!(of_sfnt(b"no font"), None);
    }
}
