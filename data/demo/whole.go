package demo

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"github.com/authtabs/tabgate/data/dashboard"
)

// Dashboard is the demo's folder as its files say it. It is read when somebody
// first asks, and must not be changed.
var Dashboard = sync.OnceValue(func() *dashboard.Dashboard {
	d, problems := dashboard.ReadFS(Files())
	if len(problems) > 0 {
		panic(fmt.Sprintf("the demo's folder: %v", problems)) // it is part of the program
	}
	return d
})

// code lists the pages that are still drawn by code of their own.
var code = []string{"home"}

// IsBoard reports whether a page of the demo is made of panels.
func IsBoard(id string) bool {
	return slices.Contains(Pages().IDs(), id) && !slices.Contains(code, id)
}

// Whole is a page with what it is made of, as its file in the demo's folder says
// it. A page that the demo has no file for stays as it is.
func Whole(p dashboard.Page) dashboard.Page {
	if p.Content != nil || !IsBoard(p.ID) {
		return p
	}
	of, _ := Dashboard().Pages.Find(p.ID)
	p.Content, p.Path = of.Content, of.Path
	return p
}

// Moved is a page some of whose sources have other addresses, by their names.
// Nothing stands in for those.
func Moved(p dashboard.Page, to map[string]string) dashboard.Page {
	if p.Content == nil {
		return p
	}
	content := *p.Content
	content.Sources = slices.Clone(content.Sources)
	for i := range content.Sources {
		src := &content.Sources[i]
		if address := to[src.Name]; address != "" && address != src.URL {
			src.URL, src.Fallback = address, nil
		}
	}
	p.Content = &content
	return p
}

// Load reads a file of the demo's folder, at most limit bytes of it.
func Load(_ context.Context, name string, limit int64) ([]byte, error) {
	text, err := fs.ReadFile(Files(), name)
	if err == nil && int64(len(text)) > limit {
		err = &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	return text, err
}

// The sources of the mapping page, and the file with its map.
const (
	Racks    = "bike_racks"
	Stops    = "stops"
	Segments = "segments"
	MapSpec  = "maps/city.json"
)
