package data

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func writeFile(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func openSheet(t testing.TB, path string) *Sheet {
	t.Helper()
	s, err := OpenSheet(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func finish(t testing.TB, s *Sheet) Progress {
	t.Helper()
	for !s.Progress().Done {
		if err := s.Index(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	return s.Progress()
}

// bigText has n rows of eight columns, the last one quoted.
func bigText(n int) string {
	var b strings.Builder
	b.WriteString("id,name,a,b,c,d,e,note\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,name %d,%d,%d.25,%d,%d,%d,\"note, of %d\"\n", i, i%977, i*7%1000, i%13, i%17, n-i, i%2, i)
	}
	return b.String()
}

func TestSheetGivesEveryRowOfBareAndCompressedFiles(t *testing.T) {
	const n = 100_000
	text := bigText(n)
	for name, path := range map[string]string{
		"bare":       writeFile(t, "big.csv", text),
		"compressed": writeFile(t, "big.csv.gz", zipped(t, text)),
	} {
		t.Run(name, func(t *testing.T) {
			s := openSheet(t, path)
			if p := s.Progress(); p.Done || p.Rows < 1000 || p.Bytes <= 0 || p.Bytes >= p.Total {
				t.Errorf("at first %+v: want some rows of more to come", p)
			}
			if p := finish(t, s); p.Rows != n || p.Bad.Count != 0 || p.Bytes != p.Total {
				t.Errorf("%+v, want %d rows", p, n)
			}
			for _, i := range []int{0, 1, 63, 64, 65, 50_000, n - 1} {
				rows, err := s.Rows(i, 1)
				if err != nil || len(rows) != 1 || rows[0][0] != fmt.Sprint(i) || rows[0][7] != fmt.Sprintf("note, of %d", i) {
					t.Errorf("row %d: %q, %v", i, rows, err)
				}
			}
			if rows, err := s.Rows(n-10, 100); err != nil || len(rows) != 10 {
				t.Errorf("%d rows at the end, %v", len(rows), err)
			}
		})
	}
}

func TestSheetCountsBadRowsAndGoesOn(t *testing.T) {
	s := openSheet(t, writeFile(t, "x.csv", "a,b,c\n1,2,3\n\n1,2\n\"x\ny\",2,3\n1,2,3,4\n\"open,2,3\nlast,2,3"))
	p := finish(t, s)
	if p.Rows != 6 || p.Bad.Count != 3 || p.Bad.First != "line 4: 2 fields, want 3" {
		t.Errorf("%+v", p)
	}
	rows, err := s.Rows(0, 10)
	if err != nil || len(rows) != 6 || rows[5][0] != "last" || rows[2][0] != "x\ny" {
		t.Errorf("%q %v", rows, err)
	}
}

// A quote that opens in every line and is closed in none took the square of
// the file's length to give up, hours for this one.
func TestQuotesThatAreNeverClosedTakeNoLonger(t *testing.T) {
	const n = 1 << 18
	text := "a,b\n" + strings.Repeat("\"\"\"\n", n) + "last,row\n"
	s := openSheet(t, writeFile(t, "q.csv", text))
	p := finish(t, s)
	rows, err := s.Rows(p.Rows-1, 1)
	if err != nil || rows[0][0] != "last" || p.Bad.Count < n/4 {
		t.Errorf("%+v, last row %q, %v", p, rows, err)
	}
	if got := readAllRows(t, strings.NewReader(text)); len(got) < n/4 {
		t.Errorf("the reader gave %d rows", len(got))
	}
}

func TestSheetRefusesWhatIsNoTable(t *testing.T) {
	cases := map[string]struct{ path, want string }{
		"a missing file":     {filepath.Join(t.TempDir(), "none.csv"), "no such file"},
		"a folder":           {t.TempDir(), "folder"},
		"an empty file":      {writeFile(t, "e.csv", ""), "empty"},
		"gzip cut short":     {writeFile(t, "c.csv.gz", zipped(t, bigText(1000))[:2000]), "cut short"},
		"no gzip behind the": {writeFile(t, "n.csv.gz", "\x1f\x8bxxxxxxxxxxxx"), "gzip"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := OpenSheet(t.Context(), c.path); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want a word of %q", err, c.want)
			}
		})
	}
}

func TestSheetNoticesAFileThatShrank(t *testing.T) {
	path := writeFile(t, "x.csv", bigText(1000))
	s := openSheet(t, path)
	finish(t, s)
	if err := os.Truncate(path, 100); err != nil {
		t.Skip("an open file cannot be cut here")
	}
	if _, err := s.Rows(900, 10); err == nil || !strings.Contains(err.Error(), "shorter") {
		t.Errorf("%v", err)
	}
}

func TestSortOrdersNumbersThenTextThenNothing(t *testing.T) {
	s := openSheet(t, writeFile(t, "x.csv", "k,v\na,10\nb,\nc,9\nd,zebra\ne,-1\nf,10\ng,apple\nh,1e3\n"))
	finish(t, s)
	cases := map[string]struct {
		descending bool
		want       []uint32
	}{
		"up":   {false, []uint32{4, 2, 0, 5, 7, 6, 3, 1}},
		"down": {true, []uint32{3, 6, 7, 0, 5, 2, 4, 1}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := s.Sort(t.Context(), 1, c.descending)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%v %v, want %v", got, err, c.want)
			}
		})
	}
	rows, err := s.At([]uint32{7, 0})
	if err != nil || rows[0][0] != "h" || rows[1][0] != "a" {
		t.Errorf("%q %v", rows, err)
	}
}

func TestSearchFindsFieldsWhateverTheCase(t *testing.T) {
	s := openSheet(t, writeFile(t, "x.csv", "k,v\nAlpha,1\nbeta,\"say \"\"Hi\"\"\"\nÄrger,2\nx,alphabet\na,lpha\n"))
	finish(t, s)
	cases := map[string]struct {
		text string
		want []int
	}{
		"in any case":               {"ALPHA", []int{0, 3}},
		"across two fields is none": {"a,l", nil},
		"with quotes":               {`"hi"`, []int{1}},
		"beyond ASCII":              {"ärg", []int{2}},
		"nothing asked":             {"", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			hits, err := s.Search(t.Context(), c.text)
			var got []int
			for i := range 5 {
				if hits.Has(i) {
					got = append(got, i)
				}
			}
			if err != nil || !slices.Equal(got, c.want) || hits.Count != len(c.want) {
				t.Errorf("%v (%d) %v, want %v", got, hits.Count, err, c.want)
			}
		})
	}
}

func TestSheetWorkStopsWhenCancelled(t *testing.T) {
	s := openSheet(t, writeFile(t, "x.csv", bigText(200_000)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, sortErr := s.Sort(ctx, 0, false)
	_, searchErr := s.Search(ctx, "x")
	for name, err := range map[string]error{"index": s.Index(ctx, 1), "sort": sortErr, "search": searchErr} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzSheet checks that a row is the same by its place as in sequence, and
// that the sheet agrees with the reader.
func FuzzSheet(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a\n\"x\"\"y\"\n\"", "a,b\r\n\"x\r\ny\",\r\n\r\n1", "a\n\"open\nb\nc", strings.Repeat("a\n", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		path := filepath.Join(t.TempDir(), "f.csv")
		if err := os.WriteFile(path, []byte(in), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := OpenSheet(t.Context(), path)
		if err != nil {
			return
		}
		defer s.Close()
		want := readAllRows(t, strings.NewReader(in))
		if len(want) > 0 && allNumbers(want[0]) { // The reader knows no headings.
			want = append([][]string{nil}, want...)
		}
		n := finish(t, s).Rows
		all, err := s.Rows(0, n)
		if err != nil || len(all) != n {
			t.Fatalf("%d of %d rows, %v", len(all), n, err)
		}
		for i := range all {
			one, err := s.Rows(i, 1)
			if err != nil || len(one) != 1 || !reflect.DeepEqual(one[0], all[i]) {
				t.Fatalf("row %d: %q by place, %q in sequence, %v", i, one, all[i], err)
			}
		}
		if len(want) > 0 && byteOrder([]byte(in)) == nil && !strings.HasPrefix(in, "\n") && !strings.HasPrefix(in, "\r") && len(all)+len(want) > 1 && !reflect.DeepEqual(all, want[1:]) {
			t.Errorf("%q: sheet %q, reader %q", in, all, want[1:])
		}
	})
}

func TestJSONIsNoSheet(t *testing.T) {
	for name, content := range map[string]string{
		"an object a line each": "{\n  \"a\": 1\n}\n", "an object": `{"a":1}`, "rows": "[\n  {\"a\": 1}\n]\n", "rows in a line": `[{"a":1}]`,
	} {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, "x.csv", content)
			if s, err := OpenSheet(t.Context(), path); err == nil || !strings.Contains(err.Error(), "it is JSON") {
				t.Errorf("%v, %v", s, err)
			}
		})
	}
	path := writeFile(t, "x.csv", "[unit],b\n1,2\n")
	s, err := OpenSheet(t.Context(), path)
	if err != nil {
		t.Fatalf("a heading in brackets is one: %v", err)
	}
	s.Close()
}
