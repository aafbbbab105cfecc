package chart

import (
	"context"
	"fmt"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vegaframe"
	"github.com/authtabs/tabgate/tui/panels"
)

// columns gives the columns of a source that a specification uses.
func columns(ctx context.Context, d panels.Data, name string, use *vega.Use, g *gathered) ([]vega.Column, int, error) {
	t, ok := d.Sources[name]
	switch {
	case !ok:
		return nil, 0, fmt.Errorf("there is no source %q", name)
	case t.Rows == nil:
		return nil, 0, fmt.Errorf("source %q has no figures yet", name)
	}
	if g != nil && g.source == name {
		return vegaframe.Columns(ctx, newGatheredRows(t.Rows, g.of), use, nil)
	}
	return vegaframe.Columns(ctx, t.Rows, use, nil)
}

// reads reports whether a mark of the picture is of a source.
func (s *shown) reads(source string) bool {
	if s.scene == nil {
		return false
	}
	for _, c := range s.scene.Cells {
		for _, m := range c.Marks {
			if m.Reading != nil && m.Reading.Source == source {
				return true
			}
		}
	}
	return false
}
