package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// Named is a frame and the name of its source.
type Named struct {
	Name  string
	Frame frame.Frame
}

// Offer is columns of another source that could be added to a frame. Nobody
// has asked for them yet.
type Offer struct {
	dashboard.Lookup
	Found, Of int // of the different values of the frame, those that the other source has
}

// String is the offer in words: "+ name, city from airports by iata: all 214
// found".
func (o Offer) String() string {
	found := fmt.Sprintf("all %d found", o.Of)
	if o.Found < o.Of {
		found = fmt.Sprintf("%d of %d found", o.Found, o.Of)
	}
	return fmt.Sprintf("+ %s from %s by %s: %s", few(o.Take), o.From, o.On, found)
}

// Join adds columns of another frame, as a source with this lookup has them. It
// has the rows of f in their order. What was not found there, and what had to be
// renamed, is told.
func Join(ctx context.Context, f, from frame.Frame, l dashboard.Lookup) (joined frame.Frame, told []string, err error) {
	j, told, err := lookup(ctx, f, from, l)
	if err != nil {
		return nil, nil, fmt.Errorf("lookup in %s: %w", l.From, err)
	}
	return j, told, nil
}

// maxKeys is how many different values are looked for in another source.
const maxKeys = 1_000_000

// JoinOffers finds columns of others that could be added to a frame: there is
// a column of the same name that is different in each row there, and has nine
// in ten of the frame's values. The best come first.
func JoinOffers(ctx context.Context, f frame.Frame, others []Named) ([]Offer, error) {
	var out []Offer
	for at, c := range f.Columns() {
		if c.Type == frame.Number || c.Type == frame.Boolean || c.Type == frame.JSON {
			continue
		}
		var values map[string]bool // read once another has such a column
		for _, o := range others {
			key := frame.Find(o.Frame, c.Name)
			if key < 0 || o.Frame.Columns()[key].Type != c.Type || len(o.Frame.Columns()) < 2 {
				continue
			}
			var err error
			if values == nil {
				if values, err = different(ctx, f, at); err != nil {
					return nil, err
				}
			}
			offer, ok, err := offered(ctx, o, key, values)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, offer)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Offer) int { return cmp.Compare(b.Found*a.Of, a.Found*b.Of) })
	return out, nil
}

// offered looks for values in a column of another source.
func offered(ctx context.Context, o Named, key int, values map[string]bool) (Offer, bool, error) {
	l := dashboard.Lookup{From: o.Name, On: o.Frame.Columns()[key].Name}
	offer := Offer{Of: len(values)}
	seen := make(map[string]bool, o.Frame.Len())
	var cell []byte
	err := o.Frame.Scan(ctx, []int{key}, 0, o.Frame.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			cell = v.AppendCell(cell[:0], i)
			if v.IsNull(i) || seen[string(cell)] || len(seen) == maxKeys {
				return errTwice
			}
			seen[string(cell)] = true
			if values[string(cell)] {
				offer.Found++
			}
		}
		return nil
	})
	if errors.Is(err, errTwice) {
		return offer, false, nil
	}
	for _, c := range o.Frame.Columns() {
		if c.Name != l.On {
			l.Take = append(l.Take, c.Name)
		}
	}
	offer.Lookup = l
	return offer, len(values) > 0 && 10*offer.Found >= 9*offer.Of, err
}

// errTwice ends a search: a row has nothing in a column, or what another has.
var errTwice = errors.New("it is not different in each row")

// different are the values of a column; none where there are too many.
func different(ctx context.Context, f frame.Frame, column int) (map[string]bool, error) {
	out := map[string]bool{}
	var cell []byte
	err := f.Scan(ctx, []int{column}, 0, f.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			if v.IsNull(i) {
				continue
			}
			if cell = v.AppendCell(cell[:0], i); !out[string(cell)] {
				if len(out) == maxKeys {
					clear(out)
					return frame.ErrStop
				}
				out[string(cell)] = true
			}
		}
		return nil
	})
	return out, err
}
