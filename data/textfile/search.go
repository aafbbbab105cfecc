package textfile

import (
	"bytes"
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Search implements frame.Searcher. A cell is found as it stands in the file,
// and as it is shown: 31/12/2023 also as 2023-12-31.
func (t *table) Search(ctx context.Context, text string, progress func(rows int)) (frame.Hits, error) {
	if err := t.src.check(); err != nil {
		return frame.Hits{}, fileError(t.origin.URL, err)
	}
	hits := frame.NewHits(t.rows)
	needle := []byte(strings.ToLower(text))
	var columns []int
	for i, c := range t.columns {
		if signs, ok := shownSigns[c.Type]; ok && strings.Trim(string(needle), signs) == "" {
			columns = append(columns, i)
		}
	}
	err := t.parts(ctx, 0, t.rows, func(p *piece) error {
		w := searching{needle: needle}
		look := func(row int, rec []byte, cells []span) error {
			if w.in(&t.d, rec, cells) || w.shown(t, columns, rec, cells) {
				p.hits = append(p.hits, row)
			}
			return nil
		}
		if len(columns) == 0 && !w.quotes(&t.d) {
			return w.rare(ctx, t, p, look)
		}
		return t.scanRows(ctx, p.from, p.to, look)
	}, func(p *piece) error {
		for _, row := range p.hits {
			hits.Add(row)
		}
		if progress != nil {
			progress(p.to)
		}
		return nil
	})
	return hits, err
}

// shownSigns are the signs, in lower case, of which cells of a type are made as
// they are shown, where that may be another text than in the file.
var shownSigns = map[frame.Type]string{
	frame.Number: "0123456789.-+einfty", frame.Boolean: "truefals",
	frame.Date: "0123456789-", frame.Datetime: "0123456789-+:.tz", frame.Time: "0123456789:.",
}

// searching looks for a text in rows.
type searching struct {
	needle  []byte
	low     []byte
	scratch []byte
	block   []byte // of the text, from base on
	base    int64
	cell    frame.Vector
}

// quotes reports whether the text holds signs that cells hold in other forms in
// the file.
func (s *searching) quotes(d *dialect) bool {
	return bytes.IndexByte(s.needle, d.quote) >= 0 || bytes.IndexByte(s.needle, '\\') >= 0
}

// rare looks at the rows of a piece where the bytes of the file, in lower case,
// hold the text: it splits only those rows between two marks.
func (s *searching) rare(ctx context.Context, t *table, p *piece, look func(int, []byte, []span) error) error {
	marks := t.marks
	for i := sort.Search(len(marks), func(i int) bool { return marks[i].row > p.from }) - 1; i < len(marks) && marks[i].row < p.to; i++ {
		to, end := t.rows, t.src.total()
		if i+1 < len(marks) {
			to, end = marks[i+1].row, marks[i+1].at
		}
		has := end-marks[i].at > 64*readBlock || end == 0 // more than is to be held at once
		if !has {
			text, err := s.bytes(t.src, marks[i].at, end)
			if err != nil {
				return err
			}
			s.low = frame.AppendLower(s.low[:0], text)
			has = bytes.Contains(s.low, s.needle)
		}
		if has {
			if err := t.scanRows(ctx, max(marks[i].row, p.from), min(to, p.to), look); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// bytes are those of the text from one place up to another. It reads ahead.
func (s *searching) bytes(src *source, from, to int64) ([]byte, error) {
	if from < s.base || to > s.base+int64(len(s.block)) {
		size := int(max(to-from, readBlock/4))
		s.block = slices.Grow(s.block[:0], size)[:size]
		n, _, err := src.read(s.block, from)
		if s.block, s.base = s.block[:n], from; err != nil {
			return nil, err
		}
	}
	return s.block[from-s.base : min(to-s.base, int64(len(s.block)))], nil
}

// in reports whether a cell holds the text as it stands in the file.
func (s *searching) in(d *dialect, rec []byte, cells []span) bool {
	// A record without the text holds no cell with it, unless quotes stand
	// between.
	s.low = frame.AppendLower(s.low[:0], rec)
	if !bytes.Contains(s.low, s.needle) && !s.quotes(d) {
		return false
	}
	for _, c := range cells {
		s.scratch = append(s.scratch[:0], d.text(rec, c, s.scratch)...)
		s.low = frame.AppendLower(s.low[:0], s.scratch)
		if bytes.Contains(s.low, s.needle) {
			return true
		}
	}
	return false
}

// shown reports whether a cell of some columns holds the text as it is shown.
func (s *searching) shown(t *table, columns []int, rec []byte, cells []span) bool {
	for _, c := range columns {
		if c >= len(cells) || cells[c].from == cells[c].to {
			continue
		}
		s.cell.Reset(t.columns[c].Type)
		t.cells[c].read(t.d.text(rec, cells[c], nil), &s.cell)
		s.scratch = s.cell.AppendCell(s.scratch[:0], 0)
		s.low = frame.AppendLower(s.low[:0], s.scratch)
		if bytes.Contains(s.low, s.needle) {
			return true
		}
	}
	return false
}
