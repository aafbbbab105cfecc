package textfile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// ErrAnew says that a file has to be opened and read again to know what is in
// it by now.
var ErrAnew = errors.New("it has to be read again from its start")

// Growth is a file with what was appended to it.
type Growth struct {
	*Result
	// Kept reports whether the rows from before are as they were, in the same
	// columns.
	Kept bool
	// Rest reports whether something follows the last row that has no line end
	// yet, and is left for later.
	Rest bool
}

// grower is a reading of a text that can be appended to.
type grower interface {
	// grow gives all rows, of which it reads those that are new.
	grow(ctx context.Context) (r *Result, kept, rest bool, err error)
}

// Grow takes in what was appended to a file since Finish or Grow, and reads
// that alone: of a delimited text, and of JSON records by line. What has no
// line end yet is left for later, since half of it may be missing. It returns
// ErrAnew where that cannot be done, or where the file is another by now; it is
// not to be called again then. Frames from before stay valid.
func (f *File) Grow(ctx context.Context) (*Growth, error) {
	g, ok := f.how.(grower)
	if !ok {
		return nil, ErrAnew
	}
	if err := f.src.extend(); err != nil {
		return nil, ErrAnew
	}
	r, kept, rest, err := g.grow(ctx)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil: // what is wrong is told when all is read again
		return nil, ErrAnew
	case rest:
		r.say("lines", "the last has no line end yet, and is left out until it has")
	}
	return &Growth{f.named(r), kept, rest}, nil
}

// Grows reports whether a text that begins so can be read while it is still
// being received: delimited text, and JSON records by line. Head holds a line
// or more.
func Grows(head []byte) bool {
	kind, err := containerOf(head[:min(len(head), magicBytes)])
	if name, _ := bom(head); err != nil || kind != textual || name != "" && name != "utf-8" || wide(head) != "" {
		return false
	}
	head = head[skipSpace(head, 0):]
	switch {
	case len(head) == 0:
		return true
	case head[0] == '[':
		return false
	case head[0] != '{':
		return true
	}
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	return json.Valid(line)
}

// extend takes in what was appended.
func (s *source) extend() error {
	switch {
	case s.raw != nil || s.text != nil: // a copy is read
		return ErrAnew
	case s.growing != nil:
		s.mu.Lock()
		defer s.mu.Unlock()
		s.size = s.growing.Size()
		return nil
	case s.file == nil:
		return ErrAnew
	}
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before, err := takePrints(s.file, s.prints.size)
	if err != nil {
		return err
	}
	if before.sum != s.prints.sum {
		return errChanged
	}
	if s.prints, err = takePrints(s.file, info.Size()); err == nil {
		s.size = info.Size()
	}
	return err
}

// grow implements grower.
func (d *delimited) grow(ctx context.Context) (r *Result, kept, rest bool, err error) {
	base := d.base
	if base == nil {
		return nil, false, false, ErrAnew
	}
	d.base = nil // until it is known again
	if kept = base.ended; !kept {
		// The last record may have been half of one.
		base = &counted{line: d.l.line, at: int64(d.l.rows)}
		base.short = map[int]spot{}
	}
	before := d.shown
	k, err := d.l.countFrom(ctx, d.src, d.j, start{base.at, base.line, base.literals, true}, nil)
	if err != nil {
		return nil, false, false, err
	}
	all := base.clone()
	all.tracks.merge(&k.tracks)
	all.add(&k.part)
	all.line, all.literals, all.at, all.ended = k.line, k.literals, k.at, true
	rest = !k.ended
	d.src.cut(k.at)
	if r, err = d.keep(all); err == nil {
		kept = kept && sameColumns(before, r.Columns())
	}
	return r, kept, rest, err
}

// sameColumns reports whether columns have the same names and types.
func sameColumns(a, b []frame.Column) bool {
	return slices.EqualFunc(a, b, func(a, b frame.Column) bool { return a.Name == b.Name && a.Type == b.Type && a.Unit == b.Unit })
}

// clone copies what was counted, so that counting on does not change it.
func (c *counted) clone() *counted {
	out := *c
	out.columns = slices.Clone(c.columns)
	for i := range out.columns {
		out.columns[i].tallies = slices.Clone(out.columns[i].tallies)
	}
	out.short, out.left = maps.Clone(c.short), slices.Clone(c.left)
	return &out
}

// grow implements grower.
func (t *jsonText) grow(ctx context.Context) (r *Result, kept, rest bool, err error) {
	k, w := t.k, t.w
	if k == nil || t.p.format != "ndjson" || t.p.lists || t.p.geo != nil {
		return nil, false, false, ErrAnew
	}
	t.k = nil
	end := w.base + int64(w.pos)
	if rest, err = t.src.cutToLine(end); err != nil {
		return nil, false, false, err
	}
	before := t.shown
	on := t.p.rows.walk(place{end, w.line})
	on.left = w.left
	if err := t.countOn(ctx, k, on, maxRows, nil); err != nil {
		return nil, false, false, err
	}
	if r, err = t.p.finish(t.src, t.origin, t.j, k, on); err != nil {
		return nil, false, false, err
	}
	t.k, t.w, t.shown = k, on, r.Columns()
	return r, sameColumns(before, r.Columns()), rest, nil
}

// cut leaves out what follows a place, for now.
func (s *source) cut(at int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = at
}

// cutToLine leaves out what follows the last line end behind a place, for now.
// A line must end at the place itself: else what was read as the last record
// may have been half of one.
func (s *source) cutToLine(from int64) (rest bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	buf := make([]byte, 64<<10)
	if _, err := s.ReadAt(buf[:1], from-1); err != nil || buf[0] != '\n' {
		return false, errors.Join(ErrAnew, err)
	}
	for end := s.size; end > from; {
		part := buf[:min(int64(len(buf)), end-from)]
		if _, err := s.ReadAt(part, end-int64(len(part))); err != nil {
			return false, err
		}
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			cut := end - int64(len(part)) + int64(i) + 1
			rest = cut < s.size
			s.size = cut
			return rest, nil
		}
		end -= int64(len(part))
	}
	rest = from < s.size
	s.size = from
	return rest, nil
}
