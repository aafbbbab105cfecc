package source

import (
	"context"
	"errors"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// stacked is a frame of the rows of several, one after the other. Its first
// column says which of them a row is of.
type stacked struct {
	origin  frame.Origin
	columns []frame.Column
	parts   []part
	rows    int
	notes   []string
}

// part is one of the frames.
type part struct {
	frame.Frame
	name  string // as the first column says it
	first int    // place of its first row
	// from says for each column but the first which of the frame's it is, -1 =
	// it has none.
	from []int
}

func newStacked(src dashboard.Source, files []*file) *stacked {
	s := &stacked{origin: frame.Origin{Kind: "file", URL: src.Path, Name: path.Base(src.Path)}}
	if src.Paths != nil {
		s.origin.URL, s.origin.Name = "", src.Name
	}
	names := shortest(files)
	for i, f := range files {
		s.parts = append(s.parts, part{Frame: f.frame, name: names[i], first: s.rows})
		s.rows += f.frame.Len()
	}
	s.unite(src.Stack)
	return s
}

// shortest are names of files without their folders, if they differ so.
func shortest(files []*file) []string {
	names, seen := make([]string, len(files)), map[string]bool{}
	for i, f := range files {
		names[i] = path.Base(strings.ReplaceAll(f.name, "\\", "/"))
		seen[names[i]] = true
	}
	if len(seen) < len(files) {
		for i, f := range files {
			names[i] = f.name
		}
	}
	return names
}

// report is what was told about the files, with their names.
func (s *stacked) report(files []*file) textfile.Report {
	r := textfile.Report{Format: files[0].report.Format, Dialect: files[0].report.Dialect, Notes: slices.Clone(s.notes)}
	for i, f := range files {
		for _, n := range f.report.Notes {
			r.Notes = append(r.Notes, s.parts[i].name+": "+n)
		}
		for _, l := range f.report.Skipped {
			r.Skipped = append(r.Skipped, textfile.Skipped{Line: l.Line, Reason: s.parts[i].name + ": " + l.Reason})
		}
	}
	return r
}

// Origin implements frame.Frame.
func (s *stacked) Origin() frame.Origin { return s.origin }

// Columns implements frame.Frame.
func (s *stacked) Columns() []frame.Column { return s.columns }

// Len implements frame.Frame.
func (s *stacked) Len() int { return s.rows }

// Close implements frame.Frame. The parts are others' as well.
func (s *stacked) Close() error { return nil }

// Scan implements frame.Frame.
func (s *stacked) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	from, to = max(from, 0), min(to, s.rows)
	at := sort.Search(len(s.parts), func(i int) bool { return s.parts[i].first > from }) - 1
	out := &frame.Batch{Columns: make([]frame.Vector, len(columns))}
	stopped := false
	for ; at < len(s.parts) && from < to && !stopped; at++ {
		p := &s.parts[at]
		end := min(to, p.first+p.Len())
		if from == end {
			continue
		}
		takes := newTaking(p, s.columns, columns)
		err := p.Scan(ctx, takes.from, from-p.first, end-p.first, func(b *frame.Batch) error {
			out.First, out.Len = p.first+b.First, b.Len
			takes.fill(out, b)
			err := visit(out)
			stopped = errors.Is(err, frame.ErrStop)
			return err
		})
		if err != nil {
			return err
		}
		from = end
	}
	return nil
}

// taking is how columns of the whole are taken from those of a part.
type taking struct {
	p       *part
	from    []int          // columns of the part
	at      []int          // for each column asked for, its place in from; -1 = the part has none
	columns []frame.Column // asked for
	units   []string       // that its texts bear
	which   []bool         // the column that says the part's name
}

func newTaking(p *part, all []frame.Column, columns []int) *taking {
	t := &taking{p: p}
	for _, c := range columns {
		t.columns = append(t.columns, all[c])
		t.which = append(t.which, c == 0)
		at, unit := -1, ""
		if c > 0 && p.from[c-1] >= 0 {
			at = len(t.from)
			t.from = append(t.from, p.from[c-1])
			if have := p.Columns()[p.from[c-1]]; have.Unit != all[c].Unit {
				unit = " " + have.Unit
			}
		}
		t.at, t.units = append(t.at, at), append(t.units, unit)
	}
	return t
}

// fill makes a batch of the whole from one of the part.
func (t *taking) fill(out, b *frame.Batch) {
	for i, c := range t.columns {
		v := &out.Columns[i]
		if at := t.at[i]; at >= 0 && b.Columns[at].Type == c.Type && t.units[i] == "" {
			*v = b.Columns[at]
			continue
		}
		*v = frame.Vector{}
		v.Reset(c.Type)
		for row := range b.Len {
			switch {
			case t.which[i]:
				v.AppendString(t.p.name)
			case t.at[i] < 0:
				v.AppendNull()
			default:
				appendAs(v, &b.Columns[t.at[i]], row, t.units[i])
			}
		}
	}
}

// appendAs appends a cell as the type of another column: a number, or text with
// the unit that the cell bears.
func appendAs(to, from *frame.Vector, i int, unit string) {
	switch {
	case from.IsNull(i):
		to.AppendNull()
	case to.Type == frame.Number:
		f, ok := from.Float(i)
		if !ok {
			to.AppendNull()
			return
		}
		to.AppendFloat(f)
	case to.Type == frame.Text:
		to.AppendString(from.String(i) + unit)
	default:
		to.AppendNull() // a column of nulls has any type
	}
}
