package table

import (
	"context"

	"github.com/authtabs/tabgate/data/frame"
)

// picked is some columns of a frame, in an order.
type picked struct {
	frame.Frame
	at      []int
	columns []frame.Column
}

func pick(f frame.Frame, at []int) *picked {
	p := &picked{Frame: f, at: at}
	all := f.Columns()
	for _, c := range at {
		p.columns = append(p.columns, all[c])
	}
	return p
}

// Columns are those that were picked.
func (p *picked) Columns() []frame.Column { return p.columns }

// Scan implements frame.Frame.
func (p *picked) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = p.at[c]
	}
	return p.Frame.Scan(ctx, at, from, to, visit)
}

// nothing is a frame without columns and rows.
var nothing = frame.New(frame.Origin{}, nil, nil)
