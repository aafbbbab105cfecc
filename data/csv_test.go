package data

import (
	"encoding/csv"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

func readAllRows(t testing.TB, r io.Reader) [][]string {
	t.Helper()
	rd := NewReader(r)
	var out [][]string
	for {
		row, err := rd.Read()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
}

func TestReaderTakesWhatOthersWrite(t *testing.T) {
	cases := map[string]struct {
		in   string
		want [][]string
	}{
		"plain":                        {"a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		"no newline at the end":        {"a,b\n1,2", [][]string{{"a", "b"}, {"1", "2"}}},
		"line endings of Windows":      {"a,b\r\n1,2\r\n", [][]string{{"a", "b"}, {"1", "2"}}},
		"a byte order mark":            {"\xef\xbb\xbfa,b\n", [][]string{{"a", "b"}}},
		"a comma in quotes":            {"a,b\n\"Iran, Islamic Republic of\",2\n", [][]string{{"a", "b"}, {"Iran, Islamic Republic of", "2"}}},
		"quotes in quotes":             {"a\n\"say \"\"hi\"\"\"\n", [][]string{{"a"}, {`say "hi"`}}},
		"a newline in quotes":          {"a,b\n\"x\ny\",2\n", [][]string{{"a", "b"}, {"x\ny", "2"}}},
		"a quote inside a bare field":  {"a,b\n5\" pipe,2\nx,y\n", [][]string{{"a", "b"}, {`5" pipe`, "2"}, {"x", "y"}}},
		"a quote that is never closed": {"a,b\n\"x,2\n3,4\n", [][]string{{"a", "b"}, {`"x`, "2"}, {"3", "4"}}},
		"text behind a closing quote":  {"a,b\n\"x\"y,2\n", [][]string{{"a", "b"}, {"xy", "2"}}},
		"empty lines and empty fields": {"a,b\n\n,\n\r\n1,\n", [][]string{{"a", "b"}, {"", ""}, {"1", ""}}},
		"semicolons":                   {"a;b\n1,5;2\n", [][]string{{"a", "b"}, {"1,5", "2"}}},
		"tabs":                         {"a\tb\n1\t2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		"nothing":                      {"", nil},
		"one empty quoted field":       {"a\n\"\"\n", [][]string{{"a"}, {""}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := readAllRows(t, strings.NewReader(c.in)); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := readAllRows(t, iotest.OneByteReader(strings.NewReader(c.in))); !reflect.DeepEqual(got, c.want) {
				t.Errorf("byte by byte: got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAnOpenQuoteIsGivenUpWithinMaxRecord(t *testing.T) {
	in := "a,b\n\"open,1\n" + strings.Repeat("x,y\n", MaxRecord/2)
	rows := readAllRows(t, strings.NewReader(in))
	if len(rows) != MaxRecord/2+2 {
		t.Errorf("%d rows, want %d", len(rows), MaxRecord/2+2)
	}
}

func TestReaderKnowsItsLines(t *testing.T) {
	rd := NewReader(strings.NewReader("a,b\n\"x\ny\",1\n\nlast,2\n"))
	var lines []int
	for {
		if _, err := rd.Read(); err != nil {
			break
		}
		lines = append(lines, rd.Line())
	}
	if want := []int{1, 2, 5}; !reflect.DeepEqual(lines, want) {
		t.Errorf("lines %v, want %v", lines, want)
	}
}

// FuzzReader holds the reader against encoding/csv wherever that takes the
// input and means the same by it.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a\n\"x\"\"y\"\n", "a,b\r\n\"x\r\ny\",\r\n", "\"a\nb\",c\n,\n", "a\n\"", "a,\"b\n", "\n\na", "a\"b,c\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := readAllRows(t, strings.NewReader(in))
		head, _, _ := strings.Cut(in, "\n")
		if strings.ContainsAny(head, ";\t") || strings.HasPrefix(in, "\xef\xbb\xbf") || strings.Contains(in, "\r") || len(in) > MaxRecord/2 {
			return
		}
		rd := csv.NewReader(strings.NewReader(in))
		rd.FieldsPerRecord = -1
		want, err := rd.ReadAll()
		if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	})
}
