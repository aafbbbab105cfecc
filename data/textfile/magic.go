package textfile

import (
	"bytes"
	"errors"
)

// container is what the first bytes of a file say that it is.
type container uint8

const (
	textual container = iota
	gzipped
	zstandard
	parquetFile
	arrowFile
	sqliteFile
)

// refusals are files that are no tables here, by their first bytes: what they
// are, and what helps.
var refusals = []struct{ magic, what string }{
	{"\xfd7zXZ\x00", "it is compressed with xz: unpack it with xz -d first"},
	{"BZh", "it is compressed with bzip2: unpack it with bunzip2 first"},
	{"\x04\x22\x4d\x18", "it is compressed with lz4: unpack it with lz4 -d first"},
	{"7z\xbc\xaf\x27\x1c", "it is a 7z archive: unpack it with 7z x first"},
	{"Rar!\x1a\x07", "it is a rar archive: unpack it with unrar x first"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is an old Excel workbook (xls), or another Office file: save the sheet as CSV UTF-8"},
	{"%PDF-", "it is a PDF: take the table from where it was made, as CSV"},
	{"\x89PNG\r\n", "it is a picture (PNG): take the figures from where they were drawn, as CSV"},
	{"\xff\xd8\xff", "it is a picture (JPEG): take the figures from where they were drawn, as CSV"},
	{"GIF8", "it is a picture (GIF): take the figures from where they were drawn, as CSV"},
	{"II*\x00", "it is a picture (TIFF): take the figures from where they were drawn, as CSV"},
	{"MM\x00*", "it is a picture (TIFF): take the figures from where they were drawn, as CSV"},
	{"\x89HDF\r\n\x1a\n", "it is an HDF5 file: write the table as Parquet or CSV first (pandas: read_hdf, to_parquet)"},
	{"FEA1", "it is a Feather file of version 1: write it as version 2 first (pyarrow: feather.write_feather(..., version=2))"},
	{"\x93NUMPY", "it is a NumPy array: write it as CSV first (numpy.savetxt)"},
	{"ORC", "it is an ORC file: write it as Parquet first"},
	{"Obj\x01", "it is an Avro file: write it as Parquet or JSON first"},
	{"RDX", "it is a file of R: write the table as CSV first (write.csv)"},
	{"$FL2", "it is an SPSS file: write the table as CSV first"},
	{"<stata_dta>", "it is a Stata file: write the table as CSV first (export delimited)"},
}

// containerOf tells what begins with some bytes. The error refuses what is no
// table, by name.
func containerOf(head []byte) (container, error) {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzipped, nil
	case isZstandard(head):
		return zstandard, nil
	case bytes.HasPrefix(head, []byte("PAR1")):
		return parquetFile, nil
	case bytes.HasPrefix(head, []byte("ARROW1")), isArrowStream(head):
		return arrowFile, nil
	case bytes.HasPrefix(head, []byte("SQLite format 3\x00")):
		return sqliteFile, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return textual, errors.New(zipKind(head))
	case len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return textual, errors.New("it is a picture (WebP): take the figures from where they were drawn, as CSV")
	}
	for _, r := range refusals {
		if bytes.HasPrefix(head, []byte(r.magic)) && (r.magic != "BZh" || isBzip2(head)) {
			if (r.magic == "ORC" || r.magic == "RDX" || r.magic == "GIF8") && looksTextual(head) {
				continue
			}
			return textual, errors.New(r.what)
		}
	}
	return textual, markup(head)
}

// isBzip2 tells bzip2's first bytes from a word.
func isBzip2(head []byte) bool {
	return len(head) > 10 && head[3] >= '1' && head[3] <= '9' &&
		(bytes.HasPrefix(head[4:], []byte("1AY&SY")) || bytes.HasPrefix(head[4:], []byte("\x17\x72\x45\x38\x50\x90")))
}

// looksTextual reports whether the bytes after a magic word are a text's.
func looksTextual(head []byte) bool {
	return !tooManyControls(head[:min(len(head), 512)])
}

// isZstandard reports whether a zstd frame, or one to be skipped, begins.
func isZstandard(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	return bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}) ||
		head[0]&0xf0 == 0x50 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18
}

// isArrowStream reports whether an Arrow IPC stream begins: a continuation
// sign, and the size of a schema message.
func isArrowStream(head []byte) bool {
	return len(head) > 8 && bytes.HasPrefix(head, []byte{0xff, 0xff, 0xff, 0xff}) && head[7] == 0 && head[6] < 0x10
}

// zipKind names what is in a zip archive.
func zipKind(head []byte) string {
	has := func(s string) bool { return bytes.Contains(head, []byte(s)) }
	switch {
	case has("xl/"), has("[Content_Types].xml") && !has("word/") && !has("ppt/"):
		return "it is an Excel workbook (xlsx): save the sheet as CSV UTF-8"
	case has("vnd.oasis.opendocument.spreadsheet"):
		return "it is an OpenDocument spreadsheet (ods): save the sheet as CSV UTF-8"
	case has("word/"), has("ppt/"), has("vnd.oasis.opendocument"):
		return "it is an Office document: save its table as CSV UTF-8"
	}
	return "it is a zip archive: unpack it with unzip, and name a file in it"
}

// markup refuses HTML and XML.
func markup(head []byte) error {
	text := bytes.ToLower(trimSpace(bytes.TrimPrefix(head[:min(len(head), 4096)], []byte("\xef\xbb\xbf"))))
	for bytes.HasPrefix(text, []byte("<!--")) {
		_, rest, ok := bytes.Cut(text, []byte("-->"))
		if !ok {
			break
		}
		text = trimSpace(rest)
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head>", "<body", "<script", "<table>", "<table "} {
		if bytes.HasPrefix(text, []byte(tag)) {
			return errors.New("it is a web page (HTML), perhaps a sign-in page that was saved in its place: save the data themselves, as CSV")
		}
	}
	for _, tag := range []string{"<?xml", "<svg", "<!doctype", "<kml", "<gpx", "<rss", "<feed"} {
		if bytes.HasPrefix(text, []byte(tag)) {
			return errors.New("it is XML: save the data as CSV or JSON")
		}
	}
	return nil
}

// tooManyControls reports whether more than one byte in a hundred, and more
// than one at all, is a control character that texts do not have.
func tooManyControls(head []byte) bool {
	n := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b && c != 1 && c != 0x1a || c == 0x7f {
			n++
		}
	}
	return n > 1 && n*100 > len(head)
}

var errNoText = errors.New("it is no text and no format that is known here: export it as CSV, JSON or Parquet")
