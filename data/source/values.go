package source

import (
	"context"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// valuesKind reads records that stand in a page.
type valuesKind struct{ src dashboard.Source }

// read implements kind.
func (k *valuesKind) read(ctx context.Context, _ *publisher, _ reason) (Snapshot, error) {
	o := k.src.Reading
	if err := o.Set("format", "json"); err != nil {
		return Snapshot{}, err
	}
	all, err := textfile.ReadBytes(ctx, k.src.Name, k.src.Values, o)
	if err != nil {
		return Snapshot{}, err
	}
	return Snapshot{Frame: renamed(all.Frame, frame.Origin{Kind: "values", Name: k.src.Name}), Report: all.Report}, nil
}

// watch implements kind.
func (k *valuesKind) watch() *subscription { return nil }

// close implements kind.
func (k *valuesKind) close() {}
