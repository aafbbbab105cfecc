package data

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// SpreadsheetWriter passes csv on so that a spreadsheet shows every cell as
// text or a number and runs none of them: an apostrophe goes before what would
// be a formula (OWASP, "CSV Injection"), and every cell that gets one is
// quoted. Numbers stay as they are, -12.5 too, and so does every other cell,
// byte for byte. It wants csv with commas, as encoding/csv writes it, in
// pieces of any size; Close writes the last cell.
type SpreadsheetWriter struct {
	w       io.Writer
	cell    []byte // as it stands in the file, quotes and all
	quoted  bool   // within quotes
	changed int
	out     bytes.Buffer
}

// NewSpreadsheetWriter makes a writer in front of w.
func NewSpreadsheetWriter(w io.Writer) *SpreadsheetWriter { return &SpreadsheetWriter{w: w} }

// Changed is how many cells got an apostrophe so far.
func (s *SpreadsheetWriter) Changed() int { return s.changed }

// Write implements io.Writer.
func (s *SpreadsheetWriter) Write(p []byte) (int, error) {
	for _, b := range p {
		switch {
		case b == '"': // One quote more in pairs changes nothing.
			s.quoted = !s.quoted
		case !s.quoted && (b == ',' || b == '\n'):
			s.end()
			s.out.WriteByte(b)
			continue
		}
		s.cell = append(s.cell, b)
	}
	if _, err := s.out.WriteTo(s.w); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Close writes the last cell. It does not close the writer below.
func (s *SpreadsheetWriter) Close() error {
	s.end()
	_, err := s.out.WriteTo(s.w)
	return err
}

// end gives the cell on that has ended.
func (s *SpreadsheetWriter) end() {
	text := string(s.cell)
	if strings.HasPrefix(text, `"`) {
		text = strings.ReplaceAll(strings.TrimSuffix(text[1:], `"`), `""`, `"`)
	}
	if safe := asText(text); safe != text {
		s.changed++
		s.out.WriteString(`"` + strings.ReplaceAll(safe, `"`, `""`) + `"`)
	} else {
		s.out.Write(s.cell)
	}
	s.cell = s.cell[:0]
}

// asText puts an apostrophe before a cell that a spreadsheet would run, and
// before each part of it that would become a cell of its own where the
// spreadsheet's own separator is another than the comma.
func asText(cell string) string {
	const separators = ";|\t\r\n"
	if !strings.ContainsAny(cell, separators) {
		if formula(cell) {
			return "'" + cell
		}
		return cell
	}
	var out strings.Builder
	if strings.IndexAny(cell, "\t\r\n") == 0 {
		out.WriteByte('\'')
	}
	for rest := cell; ; {
		i := strings.IndexAny(rest, separators)
		part := rest
		if i >= 0 {
			part = rest[:i]
		}
		if formula(part) {
			out.WriteByte('\'')
		}
		out.WriteString(part)
		if i < 0 {
			return out.String()
		}
		out.WriteByte(rest[i])
		rest = rest[i+1:]
	}
}

// formula reports whether a spreadsheet would take text for a formula. Some of
// them ignore spaces and quotes before it, or take the wide forms of East
// Asian keyboards for the signs.
func formula(text string) bool {
	text = strings.TrimLeft(text, " \u00a0\"\x00")
	sign, n := utf8.DecodeRuneInString(text)
	switch sign {
	case '=', '@', '＝', '＠', '＋', '－':
		return true
	case '+', '-':
		return !numeric(text[n:])
	}
	return false
}

// numeric reports whether text is made of what numbers are made of, in any
// language's way of writing them: no name, no reference, no operator.
func numeric(text string) bool {
	text = strings.TrimRight(text, " %")
	digits, exponent, has := strings.Cut(strings.ToLower(text), "e")
	if has {
		exponent = strings.TrimLeft(exponent, "+-")
		if exponent == "" || strings.Trim(exponent, "0123456789") != "" {
			return false
		}
	}
	return strings.ContainsAny(digits, "0123456789") && strings.Trim(digits, "0123456789., \u00a0") == ""
}
