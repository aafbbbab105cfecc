package data

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/httpcache"
	"github.com/authtabs/tabgate/data/textfile"
)

// freshFor is how long a cached answer of an original address is shown without
// asking again. One's own addresses are always asked: they may refuse today
// what they gave an hour ago.
const freshFor = 24 * time.Hour

// URLs are the addresses of the live figures; "" = the original's.
type URLs struct {
	Bikes, Stations, Paths, Agriculture string
}

// originals are the addresses of the two tutorials' data.
var originals = URLs{
	Bikes:       "https://raw.githubusercontent.com/streamlit/example-data/master/hello/v1/bike_rental_stats.json",
	Stations:    "https://raw.githubusercontent.com/streamlit/example-data/master/hello/v1/bart_stop_stats.json",
	Paths:       "https://raw.githubusercontent.com/streamlit/example-data/master/hello/v1/bart_path_stats.json",
	Agriculture: "https://streamlit-demo-data.s3-us-west-2.amazonaws.com/agri.csv.gz",
}

func (u URLs) has(address string) bool {
	return address == u.Bikes || address == u.Stations || address == u.Paths || address == u.Agriculture
}

// Options set a Source up. The zero Options read the original addresses and
// keep nothing.
type Options struct {
	CacheDir string // "" = no cache
	// HTTP asks. Its limits are at most MaxBody and MaxTime, and it follows
	// redirects within the origin alone. nil is as Offline.
	HTTP    *http.Client
	Offline bool // never touch the network
	// Caller is the identity of whom figures are fetched for, where the
	// addresses tell callers apart; what one was given is never shown to
	// another. "" is nobody.
	Caller string
	URLs   URLs
	Now    func() time.Time // nil = time.Now
	// File is a file of places, shown on the map instead of one of its lists.
	File    string
	Reading textfile.Options // how File is read
}

// Source gives figures. It decides so:
//
//	an original address asked
//	  less than a day ago          cache
//	offline                        cache, else bundled
//	the address answers            live (and cached, once it was read through)
//	it does not, or has trouble    cache of any age, else bundled
//	it has none (404, 410, …)      bundled
//	it refuses them (401, 403)     bundled; its cache is removed
//
// The bundled figures stand in for the original addresses alone: nobody is
// shown another's figures in the place of their own. A Source is safe for use
// by several goroutines.
type Source struct {
	o     Options
	cache httpcache.Cache
}

// NewSource prepares a source. Nothing is read before it is asked.
func NewSource(o Options) *Source {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.HTTP == nil {
		o.Offline = true
	}
	return &Source{o: o, cache: httpcache.New(o.CacheDir, o.Caller, MaxBody)}
}

// CacheProblem says in one line why the cache directory is not used and what
// to do about it; nil where it is.
func (s *Source) CacheProblem() error {
	if err := s.cache.Problem(); err != nil {
		return fmt.Errorf("figures are not kept for later: %w", err)
	}
	return nil
}

// resource is one address: its name in the cache and in the configuration, and
// what reads its body.
type resource[T any] struct {
	name, setting, url string
	decode             func(body []byte) (T, error)
	bundled            func() (T, error) // nil = nothing stands in
}

func newResource[T any](name, setting, set, original string, decode func([]byte) (T, error), bundled func() (T, error)) resource[T] {
	r := resource[T]{name: name, setting: setting + " in the config file", url: original, decode: decode, bundled: bundled}
	if set != "" && set != original {
		r.url, r.bundled = set, nil
	}
	return r
}

// get follows the table of Source. ask is false where the network must not be
// waited for: then a copy is given that may turn out to be refused by now, but
// never one that belongs to a caller.
func get[T any](ctx context.Context, s *Source, r resource[T], ask bool) (T, Origin, error) {
	kept, m, old, have := load(s, r)
	if have && s.fresh(old) {
		return kept, old, nil
	}
	have = have && (ask || s.o.Caller == "")
	var none T
	var away error // why there are no live figures
	switch {
	case s.o.Offline:
		away = failed(host(r.url), r.setting, neterr.ErrOffline)
	case !ask:
		away = &NetworkError{}
	default:
		var v T
		var o Origin
		if v, o, away = live(ctx, s, r, kept, m); away == nil {
			return v, o, nil
		}
		if ctx.Err() != nil {
			return none, Origin{}, ctx.Err()
		}
	}
	if neterr.KindOf(away).Refused() {
		s.cache.Remove(r.name, r.url)
	}
	switch {
	case have && neterr.KindOf(away).Passing():
		old.Note = s.note(away)
		return kept, old, nil
	case r.bundled == nil:
		return none, Origin{}, away
	}
	v, err := r.bundled()
	return v, Origin{Kind: Bundled, URL: r.url, Note: s.note(away)}, err
}

// note is why there are no live figures; where nobody wants any, there is
// nothing to say.
func (s *Source) note(away error) string {
	if s.o.Offline {
		return ""
	}
	return reason(away)
}

func load[T any](s *Source, r resource[T]) (v T, m httpcache.Meta, o Origin, ok bool) {
	body, m, ok := s.cache.Load(r.name, r.url)
	if !ok {
		return v, httpcache.Meta{}, o, false
	}
	v, err := r.read(body)
	if err != nil {
		return v, httpcache.Meta{}, o, false
	}
	return v, m, Origin{Kind: Cache, URL: r.url, Fetched: m.Fetched}, true
}

func (r resource[T]) read(body []byte) (T, error) {
	text, err := plain(body)
	if err != nil {
		var none T
		return none, err
	}
	return r.decode(text)
}

// live asks the address. What it gave replaces the cache only once it was
// read to its end; a cache that cannot be written does no harm.
func live[T any](ctx context.Context, s *Source, r resource[T], kept T, m httpcache.Meta) (T, Origin, error) {
	a, err := fetch(ctx, s.o.HTTP, r.url, r.setting, m)
	if err != nil {
		var none T
		return none, Origin{}, err
	}
	now := s.o.Now()
	o := Origin{Kind: Live, URL: r.url, Fetched: now}
	if a.unchanged {
		m.Fetched = now
		o.Note = cacheNote(s.cache.SaveMeta(r.name, m))
		return kept, o, nil
	}
	v, err := r.read(a.body)
	if err != nil {
		return v, Origin{}, &NetworkError{fmt.Sprintf("what %s sent cannot be used: %v", host(r.url), err), "check " + r.setting, err}
	}
	o.Note = cacheNote(s.cache.Save(r.name, a.body, httpcache.Meta{
		URL: r.url, ETag: a.etag, LastModified: a.lastModified, Fetched: now,
	}))
	return v, o, nil
}

func cacheNote(err error) string {
	if err == nil {
		return ""
	}
	return "not kept for later: " + err.Error()
}

func host(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// Agriculture gives the demo's table, within a few seconds: thousands of
// dollars of gross production (UN), or its bundled stand-in (USDA).
func (s *Source) Agriculture(ctx context.Context) (Table, error) {
	return s.agriculture(ctx, true)
}

// AgricultureNow gives what is at hand, without waiting for the network, for
// showing something at once.
func (s *Source) AgricultureNow(ctx context.Context) (Table, error) {
	return s.agriculture(ctx, false)
}

func (s *Source) agriculture(ctx context.Context, ask bool) (Table, error) {
	r := newResource("agriculture.csv.gz", "data.agriculture", s.o.URLs.Agriculture, originals.Agriculture, decodeAgriculture, BundledAgriculture)
	if r.bundled == nil { // One's own address may hold columns of any name.
		r.decode = func(body []byte) (Table, error) { return ReadTable(ctx, host(r.url), body) }
	}
	t, o, err := get(ctx, s, r, ask)
	if err != nil {
		return Table{}, err
	}
	if o.Kind == Bundled {
		t.Origin.Note, t.Origin.URL = o.Note, o.URL
		return t, nil
	}
	o.Name, o.Unit, o.Credit = "UN gross agricultural production", "thousands of $", "UN Data, FAO"
	if r.bundled == nil {
		o.Name, o.Unit, o.Credit = host(r.url), "", ""
	}
	t.Origin = o
	return t, nil
}

// Final reports whether asking once more could not give newer figures.
func (s *Source) Final(o Origin) bool {
	return o.Kind == File || o.Kind == Live || s.o.Offline || s.fresh(o)
}

// fresh reports whether a cached answer need not be asked for again. A time
// that is still to come is that of a clock that was wrong.
func (s *Source) fresh(o Origin) bool {
	age := s.o.Now().Sub(o.Fetched)
	return o.Kind == Cache && originals.has(o.URL) && age >= 0 && age < freshFor
}
