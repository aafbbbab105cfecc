package textfile

import (
	"bytes"
	"context"
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
	s := &searching{needle: []byte(strings.ToLower(text))}
	var columns []int
	for i, c := range t.columns {
		if c.Type != frame.Text && c.Type != frame.Integer {
			columns = append(columns, i)
		}
	}
	err := t.parts(ctx, 0, t.rows, func(p *piece) error {
		w := searching{needle: s.needle}
		return t.scanRows(ctx, p.from, p.to, func(row int, rec []byte, cells []span) error {
			if w.in(&t.d, rec, cells) || w.shown(t, columns, rec, cells) {
				p.hits = append(p.hits, row)
			}
			return nil
		})
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

// searching looks for a text in rows.
type searching struct {
	needle  []byte
	low     []byte
	scratch []byte
	cell    frame.Vector
}

// in reports whether a cell holds the text as it stands in the file.
func (s *searching) in(d *dialect, rec []byte, cells []span) bool {
	// A record without the text holds no cell with it, unless quotes stand
	// between.
	s.low = frame.AppendLower(s.low[:0], rec)
	if !bytes.Contains(s.low, s.needle) && bytes.IndexByte(s.needle, d.quote) < 0 && bytes.IndexByte(s.needle, '\\') < 0 {
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
