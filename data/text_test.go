package data

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// wide writes text as UTF-16 with its byte order mark.
func wide(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// Whatever programs and people make of a table is shown, or said in words.
func TestOddFiles(t *testing.T) {
	plain := [][]string{{"a", "1"}, {"b", "2"}}
	tests := map[string]struct {
		file    string
		columns string
		rows    [][]string
		bad     int
		err     string
	}{
		"a plain one":                 {"k,v\na,1\nb,2\n", "k|v", plain, 0, ""},
		"no newline at the end":       {"k,v\na,1\nb,2", "k|v", plain, 0, ""},
		"CRLF and a byte order mark":  {"\xef\xbb\xbfk,v\r\na,1\r\nb,2\r\n", "k|v", plain, 0, ""},
		"semicolons":                  {"k;v\na;1\nb;2\n", "k|v", plain, 0, ""},
		"tabs":                        {"k\tv\na\t1\nb\t2\n", "k|v", plain, 0, ""},
		"UTF-16, little end":          {wide("k,v\r\nä😀,1\r\nb,2\r\n", binary.LittleEndian), "k|v", [][]string{{"ä😀", "1"}, {"b", "2"}}, 0, ""},
		"UTF-16, big end":             {wide("k,v\na,1\nb,2", binary.BigEndian), "k|v", plain, 0, ""},
		"half a character at the end": {wide("k,v\na,1\nb,2", binary.BigEndian) + "\x00", "k|v", plain, 0, ""},
		"UTF-16 in gzip":              {zipped(t, wide("k,v\na,1\nb,2", binary.LittleEndian)), "k|v", plain, 0, ""},
		"no heading":                  {"1,2\n3,4\n", "column 1|column 2", [][]string{{"1", "2"}, {"3", "4"}}, 0, ""},
		"years are a heading":         {"k,1961\na,1\nb,2\n", "k|1961", plain, 0, ""},
		"a heading alone":             {"k,v\n", "k|v", nil, 0, ""},
		"one column":                  {"k\na\nb\n", "k", [][]string{{"a"}, {"b"}}, 0, ""},
		"ragged rows":                 {"k,v\na\nb,2,3\n", "k|v", [][]string{{"a"}, {"b", "2", "3"}}, 2, ""},
		"a NUL in a name":             {"k,v\na\x00,1\nb,2\n", "k|v", [][]string{{"a\x00", "1"}, {"b", "2"}}, 0, ""},
		"nothing":                     {"", "", nil, 0, "it is empty"},
		"no text":                     {strings.Repeat("\x00\x01\x02\xff", 300), "", nil, 0, "it holds no text"},
		"a marked nothing":            {"\xff\xfe", "", nil, 0, "it is empty"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, "x.csv", tt.file)
			s, err := OpenSheet(t.Context(), path)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) || !strings.Contains(err.Error(), "x.csv") {
					t.Errorf("got %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			p := finish(t, s)
			rows, err := s.Rows(0, p.Rows)
			if got := strings.Join(s.Columns(), "|"); got != tt.columns || p.Bad.Count != tt.bad || err != nil {
				t.Errorf("columns %s, %+v, %v", got, p.Bad, err)
			}
			if len(rows) != len(tt.rows) || len(rows) > 0 && !reflect.DeepEqual(rows, tt.rows) {
				t.Errorf("rows %q, want %q", rows, tt.rows)
			}
		})
	}
}

func TestAPipeIsRefusedRatherThanWaitedFor(t *testing.T) {
	for _, path := range []string{os.DevNull, pipe(t)} {
		if path == "" {
			continue
		}
		_, sheetErr := OpenSheet(t.Context(), path)
		_, tableErr := tableFile(t.Context(), path)
		for _, err := range []error{sheetErr, tableErr} {
			if err == nil || !strings.Contains(err.Error(), "no regular file") {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

// Large UTF-16 files are decoded in pieces of any size.
func TestWideTextInPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 6))
	var text strings.Builder
	for range 9000 {
		text.WriteString([]string{"a", "é", "漢", "😀", "\n", ","}[r.IntN(6)])
	}
	f, err := os.Open(writeFile(t, "w.csv", wide(text.String(), binary.LittleEndian)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, same, err := textOf(f)
	if err != nil || same {
		t.Fatal(same, err)
	}
	all, err := io.ReadAll(iotest.OneByteReader(got))
	if err != nil || string(all) != text.String() {
		t.Errorf("%d bytes, want %d, %v", len(all), text.Len(), err)
	}
}

// A file that goes away, shrinks or is written over while it is open gives
// an error or other rows, never a crash: it is read, not mapped.
func TestAFileThatChangesWhileItIsOpen(t *testing.T) {
	changes := map[string]func(path string) error{
		"deleted": os.Remove,
		"emptied": func(p string) error { return os.Truncate(p, 0) },
		"cut":     func(p string) error { return os.Truncate(p, 70_000) },
		"zeroed":  func(p string) error { return os.WriteFile(p, make([]byte, 600_000), 0o600) },
		"replaced": func(p string) error {
			return errors.Join(os.WriteFile(p+"2", []byte("a,b\n1,2\n"), 0o600), os.Rename(p+"2", p))
		},
		"of one line": func(p string) error { return os.WriteFile(p, bytes.Repeat([]byte("x"), 900_000), 0o600) },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, "x.csv", bigText(20_000))
			s := openSheet(t, path) // Its first rows are indexed, the rest is not.
			if err := change(path); err != nil {
				t.Skip("an open file cannot be changed so here: " + err.Error())
			}
			for i := 0; i < 50 && !s.Progress().Done; i++ {
				if err := s.Index(t.Context(), 1<<20); err != nil {
					break
				}
			}
			n := s.Progress().Rows
			for _, from := range []int{0, n / 2, n - 1} {
				_, _ = s.Rows(from, 100)
			}
			_, _ = s.Sort(t.Context(), 1, true)
			_, _ = s.Search(t.Context(), "name")
			_, _ = s.At([]uint32{0, uint32(n - 1)})
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
