package textfile

import "slices"

// FormatError is a format that was asked for and that a file does not have.
type FormatError struct {
	Asked string // "parquet"
	Is    string // what the file is, in words
}

// Error implements error.
func (e *FormatError) Error() string {
	return "it is " + e.Is + ", which the format " + e.Asked + " does not suit"
}

// kinds are what the formats are read from, and what that is called.
var kinds = map[container]struct {
	formats []string
	is      string
}{
	textual:     {[]string{"csv", "tsv", "json", "ndjson"}, "text"},
	parquetFile: {[]string{"parquet"}, "Parquet"},
	arrowFile:   {[]string{"arrow"}, "Arrow"},
	sqliteFile:  {[]string{"sqlite"}, "SQLite"},
}

// suits returns an error if a format was asked for that a file of this kind
// does not have.
func (o *Options) suits(kind container) error {
	is := kinds[kind]
	if o.format == "" || slices.Contains(is.formats, o.format) {
		return nil
	}
	return &FormatError{o.format, is.is}
}
