package query

import (
	"context"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// Pick is the columns of f at the places given, in that order, as a frame. A
// column may come once. Like a view it must not outlive f.
func Pick(f frame.Frame, columns []int) frame.Frame {
	p := &picked{Frame: f, places: slices.Clone(columns)}
	if inner, ok := below(f); ok {
		p.Frame = inner.Frame
		for i, c := range columns {
			p.places[i] = inner.places[c]
		}
	}
	for _, c := range columns {
		p.columns = append(p.columns, f.Columns()[c])
	}
	return p.searchable()
}

// Rename is f with other names for its columns, "" where one stays as it is.
// Names must be unique.
func Rename(f frame.Frame, names []string) frame.Frame {
	p := &picked{Frame: f, places: frame.All(f), columns: slices.Clone(f.Columns())}
	if inner, ok := below(f); ok {
		p.Frame, p.places = inner.Frame, inner.places
	}
	for i, name := range names {
		if name != "" {
			p.columns[i].Name = name
		}
	}
	return p.searchable()
}

// picked is columns of a frame.
type picked struct {
	frame.Frame
	places  []int // of the columns in the frame below
	columns []frame.Column
}

// pickedAll is all columns of a frame that searches by itself.
type pickedAll struct{ *picked }

// below returns what f is made of, if it is columns of another frame.
func below(f frame.Frame) (*picked, bool) {
	switch f := f.(type) {
	case *picked:
		return f, true
	case pickedAll:
		return f.picked, true
	}
	return nil, false
}

// searchable lets the frame below search, if all of its columns are there.
func (p *picked) searchable() frame.Frame {
	if _, ok := p.Frame.(frame.Searcher); ok && len(p.places) == len(p.Frame.Columns()) {
		return pickedAll{p}
	}
	return p
}

// Columns implements frame.Frame.
func (p *picked) Columns() []frame.Column { return p.columns }

// Close does nothing.
func (p *picked) Close() error { return nil }

// Scan implements frame.Frame.
func (p *picked) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	places := make([]int, len(columns))
	for i, c := range columns {
		places[i] = p.places[c]
	}
	return p.Frame.Scan(ctx, places, from, to, visit)
}

// Search implements frame.Searcher.
func (p pickedAll) Search(ctx context.Context, text string, progress func(rows int)) (frame.Hits, error) {
	return frame.Search(ctx, p.Frame, text, progress)
}
