package data

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"sync"

	"github.com/authtabs/tabgate/auth/neterr"
)

// Sizes of a Sheet's work.
const (
	// stride is how many rows share one entry of the index: a million rows
	// take 125 KB, and a row is found by scanning a few KB.
	stride = 64
	// block is how much is read at once. It must hold a record of MaxRecord.
	block = 2 * MaxRecord
	// firstIndex is how much is indexed before a sheet is shown.
	firstIndex = 256 << 10
	// maxSpool bounds what a compressed file may become on disk.
	maxSpool = 4 << 30
)

// Sheet is a CSV file of any shape and size. It keeps an index of its rows,
// never their text. Index reads on; rows that it has seen can be read
// meanwhile by other goroutines. The file must not change while it is open:
// rows that have moved then read as what stands in their place.
type Sheet struct {
	Origin Origin

	columns []string
	d       dialect
	f       *os.File  // what is read: the file, or its copy as UTF-8 text
	src     *os.File  // the compressed or UTF-16 file; nil for one read as it lies
	text    io.Reader // of src, as far as it is not copied; nil at its end
	spool   string    // path of the copy while it has one
	total   int64     // bytes of the file as it lies on disk

	mu      sync.RWMutex // guards all below
	marks   []int64      // offset of every stride-th row
	rows    int
	indexed int64     // bytes of f that the index covers
	size    int64     // bytes of f known so far
	loose   []stretch // where every line is a row
	line    int       // line at indexed
	done    bool
	bad     BadRows
}

// stretch is a part of a file, by offsets.
type stretch struct{ from, to int64 }

// isLoose says whether every line is a row at an offset: see measure.
func isLoose(loose []stretch, at int64) bool {
	i := sort.Search(len(loose), func(i int) bool { return loose[i].to > at })
	return i < len(loose) && loose[i].from <= at
}

var errShrank = errors.New("it became shorter while it was open")

// Progress is how far the index is.
type Progress struct {
	Rows  int
	Bytes int64 // of Total
	Total int64
	Done  bool
	Bad   BadRows
}

// OpenSheet opens a file and indexes its first rows; a compressed one is
// uncompressed on the way into a temporary file.
func OpenSheet(ctx context.Context, path string) (*Sheet, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	s := &Sheet{f: f, Origin: fileOrigin(path), line: 1}
	if err := s.begin(); err != nil {
		s.Close()
		return nil, fileError(path, err)
	}
	if err := s.Index(ctx, firstIndex); err != nil {
		s.Close()
		return nil, fileError(path, err)
	}
	return s, nil
}

// looksLikeJSON says that a first line begins a JSON text: as a table of one
// column it would be shown, and mean nothing.
func looksLikeJSON(first []byte) bool {
	first = bytes.TrimSpace(first)
	return bytes.Equal(first, []byte("{")) || bytes.Equal(first, []byte("[")) ||
		bytes.HasPrefix(first, []byte(`{"`)) || bytes.HasPrefix(first, []byte("[{"))
}

// begin reads the heading and, for a compressed file, prepares its copy.
func (s *Sheet) begin() error {
	info, err := s.f.Stat()
	if err != nil {
		return err
	}
	s.total, s.size = info.Size(), info.Size()
	text, same, err := textOf(s.f)
	if err == nil && !same {
		err = s.beginSpool(text)
	}
	if err != nil {
		return err
	}
	head := make([]byte, min(s.size, int64(block)))
	n, err := s.f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	head = head[:n]
	bom := len(head) - len(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	first, _, _ := bytes.Cut(head[bom:], []byte("\n"))
	if looksLikeJSON(first) {
		return errors.New("it is JSON: a table is csv, one line of headings and a line a row")
	}
	s.d = sniff(first)
	size := s.d.measure(head[bom:], true, false).size
	s.columns = s.d.fields(trim(head[bom:bom+size]), nil)
	if size == 0 || len(s.columns) == 0 {
		return errors.New("it is empty")
	}
	s.indexed = int64(bom)
	if allNumbers(s.columns) { // There is no heading: this is a row.
		for i := range s.columns {
			s.columns[i] = fmt.Sprintf("column %d", i+1)
		}
		return nil
	}
	s.indexed += int64(size)
	s.line += bytes.Count(head[bom:bom+size], []byte("\n"))
	return nil
}

// beginSpool copies the text into a temporary file, as far as it is read on.
func (s *Sheet) beginSpool(text io.Reader) error {
	tmp, err := os.CreateTemp("", "tabgate-*.csv")
	if err != nil {
		return fmt.Errorf("uncompress: %w", err)
	}
	s.src, s.text, s.f, s.spool, s.size = s.f, text, tmp, tmp.Name(), 0
	if os.Remove(s.spool) == nil { // Where an open file may lose its name, nothing stays behind a crash.
		s.spool = ""
	}
	return s.inflate(firstIndex)
}

// inflate uncompresses up to n more bytes into the copy.
func (s *Sheet) inflate(n int64) error {
	if s.text == nil {
		return nil
	}
	got, err := io.CopyN(s.f, s.text, n)
	s.mu.Lock()
	s.size += got
	over := s.size > maxSpool
	s.mu.Unlock()
	if errors.Is(err, io.EOF) {
		s.text = nil
		return nil
	}
	if err == nil && over {
		err = neterr.TooLarge(maxSpool)
	}
	if err != nil {
		return fmt.Errorf("uncompress: %w", err)
	}
	return nil
}

// Close gives the file back and removes the uncompressed copy.
func (s *Sheet) Close() error {
	err := s.f.Close()
	if s.src != nil {
		err = errors.Join(err, s.src.Close())
	}
	if s.spool != "" {
		err = errors.Join(err, os.Remove(s.spool))
	}
	return err
}

// Columns are the headings.
func (s *Sheet) Columns() []string { return s.columns }

// Progress tells how far the index is.
func (s *Sheet) Progress() Progress {
	s.mu.RLock()
	defer s.mu.RUnlock()
	p := Progress{Rows: s.rows, Bytes: s.indexed, Total: s.total, Done: s.done, Bad: s.bad}
	if s.src != nil && s.size > 0 {
		read, _ := s.src.Seek(0, io.SeekCurrent)
		p.Bytes = int64(float64(read) * float64(s.indexed) / float64(s.size))
	}
	if s.done {
		p.Bytes = p.Total
	}
	return p
}
