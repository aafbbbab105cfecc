package source_test

import (
	"context"
	"fmt"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
)

func ExampleStore() {
	ctx := context.Background()
	store := source.NewStore(ctx, source.Options{})
	defer store.Close()
	feed := store.Open(dashboard.Source{Name: "targets", Values: []byte(`[{"sector": "Energy", "most": 10}]`)}, nil)
	defer feed.Close()
	for after := 0; ; {
		s, err := feed.Next(ctx, after) // waits for one that is newer
		if err != nil {
			fmt.Println(err)
			return
		}
		if after = s.Seq; s.Complete || s.Err != nil {
			fmt.Println(s.Frame.Len(), s.Frame.Columns()[0].Name, s.Err)
			return
		}
	}
	// Output: 1 sector <nil>
}
