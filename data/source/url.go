package source

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/httpcache"
	"github.com/authtabs/tabgate/data/textfile"
)

// urlKind asks an address. It decides so:
//
//	the address answers             its figures, which are kept for later
//	it does not, or has trouble     what is shown stays, or what was kept, or the fallback
//	it gave its figures just now    what was kept, for as long as Options.Fresh says
//	it has none (404, 410, …)       the fallback
//	it refuses them (401, 403)      nothing, and what was kept goes
//	offline                         what was kept, or the fallback
type urlKind struct {
	store  *Store
	src    dashboard.Source
	url    *url.URL
	o      textfile.Options
	reader Reader // whose token is sent along with identity: token

	open  *resource // of the answer that is shown
	last  Snapshot  // that the address gave
	etag  string
	since string // Last-Modified
	other *file  // the fallback
}

func newURLKind(s *Store, src dashboard.Source, reader Reader) (kind, error) {
	u, err := address(src.URL)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", src.Name, err)
	}
	o, err := readingOf(src)
	return &urlKind{store: s, src: src, url: u, o: o, reader: reader}, err
}

// as implements askedAs.
func (k *urlKind) as(who Reader) { k.reader = who }

// read implements kind.
func (k *urlKind) read(ctx context.Context, p *publisher, why reason) (Snapshot, error) {
	if !k.store.allows(k.src) {
		return Snapshot{Waiting: waitsForYes}, nil
	}
	header, err := k.store.headers(k.src.Headers)
	if err != nil {
		return Snapshot{}, fmt.Errorf("source %s: %w", k.src.Name, err)
	}
	if k.src.Identity == "token" {
		if k.reader.Token.text() == "" || k.reader.over(k.store.o.Now()) {
			k.close()
			return Snapshot{}, &withdrawn{fmt.Errorf("source %s: %w", k.src.Name, ErrSignIn)}
		}
		header.Set("Authorization", "Bearer "+k.reader.Token.text())
	}
	cache := k.cache(header)
	if k.last.Frame == nil && k.kept(ctx, cache) && why != asked && k.fresh() {
		return k.last, nil
	}
	if k.store.o.AtHand && len(header) == 0 && !k.store.o.Offline {
		k.early(ctx, p)
	}
	s, away := k.ask(ctx, p, header, cache)
	if away == nil || ctx.Err() != nil {
		return s, away
	}
	return k.instead(ctx, p, cache, away)
}

// instead is what stands in for figures that did not come.
func (k *urlKind) instead(ctx context.Context, p *publisher, cache httpcache.Cache, away error) (Snapshot, error) {
	e := k.reason(away)
	means := neterr.KindOf(away)
	switch {
	case means.Refused():
		cache.Remove(cacheName, k.url.String())
		k.close()
		return Snapshot{}, &withdrawn{k.refusal(means, e)}
	case !means.Passing():
		k.close()
	case k.last.Frame != nil && k.last.Frame.Origin().Kind == originCache:
		s := k.last
		s.Away, s.Note = e.What, fmt.Sprintf("%s: these are the figures of %s", e.What, s.Read.Format(time.DateTime))
		return s, nil
	}
	if k.src.Fallback != nil && k.last.Frame == nil {
		return k.fallback(ctx, p, e.What)
	}
	if !means.Passing() {
		return Snapshot{}, &withdrawn{e}
	}
	return Snapshot{}, e
}

// reason says in words why an address gave no figures.
func (k *urlKind) reason(away error) *AddressError {
	what, todo := neterr.Why(k.url.Host, "url of source "+k.src.Name, away)
	var bad *badAnswer
	switch {
	case errors.Is(away, neterr.ErrOffline):
		what = Offline
	case errors.As(away, &bad):
		what, todo = bad.what, "check url of source "+k.src.Name
	}
	return &AddressError{k.src.Name, what, todo, away}
}

// AddressError says why an address gave no figures. What it unwraps to has a
// [neterr.Kind].
type AddressError struct {
	Source     string
	What, Todo string // why, and what to do about it: a clause each
	err        error
}

// Error is one line.
func (e *AddressError) Error() string {
	return fmt.Sprintf("source %s: %s; %s", e.Source, e.What, e.Todo)
}

// Unwrap returns what the network said.
func (e *AddressError) Unwrap() error { return e.err }

// Passing reports whether the address may well give them later.
func (e *AddressError) Passing() bool { return neterr.KindOf(e.err).Passing() }

// fresh reports whether what was kept need not be asked for again. A time that
// is still to come is that of a clock that was wrong.
func (k *urlKind) fresh() bool {
	if k.store.o.Fresh == nil {
		return false
	}
	age := k.store.o.Now().Sub(k.last.Read)
	return age >= 0 && age < k.store.o.Fresh(k.src)
}

// early shows what is at hand while the address is asked.
func (k *urlKind) early(ctx context.Context, p *publisher) {
	if p.r.last.Seq > 0 {
		return
	}
	if k.last.Frame != nil {
		p.early(ctx, k.last)
	} else if k.src.Fallback != nil {
		if s, err := k.fallback(ctx, p, ""); err == nil {
			p.early(ctx, s)
		}
	}
}

// refusal is a 401 or 403 in words: of the reader's own token, the sentences of
// a lock.
func (k *urlKind) refusal(means neterr.Kind, err error) error {
	switch {
	case k.src.Identity != "token":
		return err
	case means == neterr.Unauthorized:
		return fmt.Errorf("source %s: %w", k.src.Name, ErrSignIn)
	}
	return fmt.Errorf("source %s: %w", k.src.Name, ErrNoAccess)
}

const (
	waitsForYes = "waiting for your yes"
	cacheName   = "source"

	originLive  = "live"
	originCache = "cache"
)

// allows reports whether the reader said yes to what a source needs.
func (s *Store) allows(src dashboard.Source) bool { return s.o.Allowed == nil || s.o.Allowed(src) }

// cache is what was kept for whoever asks with these headers.
func (k *urlKind) cache(h http.Header) httpcache.Cache {
	if k.src.Identity == "token" {
		return httpcache.Cache{} // in memory alone
	}
	caller := ""
	if len(h) > 0 {
		caller = fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q", h)))
	}
	return httpcache.New(k.store.o.CacheDir, caller, maxKept)
}

// withdrawn is an error after which nothing may be shown that was shown
// before.
type withdrawn struct{ error }

// Unwrap returns the error.
func (w *withdrawn) Unwrap() error { return w.error }

// badAnswer is an answer that cannot be read as figures.
type badAnswer struct{ what string }

// Error says what is wrong with it.
func (b *badAnswer) Error() string { return b.what }

// ask asks the address.
func (k *urlKind) ask(ctx context.Context, p *publisher, header http.Header, cache httpcache.Cache) (Snapshot, error) {
	if k.store.o.Offline {
		return Snapshot{}, neterr.ErrOffline
	}
	r := request{client: k.store.o.HTTP, url: k.url, header: header, reader: k.src.Identity == "token", progress: p.progress}
	if k.last.Frame != nil {
		r.etag, r.lastModified = k.etag, k.since
	}
	b, err := r.do(ctx)
	if err != nil {
		return Snapshot{}, err
	}
	now := k.store.o.Now()
	if b.unchanged {
		return k.same(cache, now), nil
	}
	s, err := k.take(ctx, b, frame.Origin{Kind: originLive, Fetched: now})
	if err != nil {
		return Snapshot{}, err
	}
	k.last, k.etag, k.since = s, b.etag, b.lastModified
	if err := keep(cache, b, httpcache.Meta{URL: k.url.String(), ETag: b.etag, LastModified: b.lastModified, Fetched: now}); err != nil {
		s.Note = "not kept for later: " + oneLine(err)
	}
	return s, nil
}

// same is what is had already, which the address still gives.
func (k *urlKind) same(cache httpcache.Cache, now time.Time) Snapshot {
	if o := k.last.Frame.Origin(); o.Kind == originCache {
		o.Kind, o.Fetched = originLive, now
		k.last.Frame = renamed(k.last.Frame, o)
	}
	k.last.Read = now
	if _, m, ok := cache.Load(cacheName, k.url.String()); ok {
		m.Fetched = now
		_ = cache.SaveMeta(cacheName, m) // it is asked for again then
	}
	return k.last
}

// keep keeps an answer for later.
func keep(cache httpcache.Cache, b *body, m httpcache.Meta) error {
	if b.size > maxKept {
		cache.Remove(cacheName, m.URL)
		return nil
	}
	text := make([]byte, b.size)
	if _, err := b.ReadAt(text, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return cache.Save(cacheName, text, m)
}

// take reads an answer. It is closed where it cannot be read.
func (k *urlKind) take(ctx context.Context, b *body, origin frame.Origin) (Snapshot, error) {
	origin.URL, origin.Name = k.url.String(), k.url.Host
	open := k.store.own(b.spool.Close)
	name := (&url.URL{Scheme: k.url.Scheme, Host: k.url.Host, Path: k.url.Path}).String()
	if path.Ext(k.url.Path) == "" {
		name = k.url.Scheme + "://" + k.url.Host
	}
	from, err := textfile.OpenReceived(ctx, b, name, k.o, maxUnpacked)
	var all *textfile.Result
	if err == nil {
		all, err = from.Finish(ctx, nil)
	}
	if err != nil {
		open.release()
		if ctx.Err() == nil {
			err = &badAnswer{"what it sent cannot be used: " + oneLine(err)}
		}
		return Snapshot{}, err
	}
	k.close()
	k.open = open
	return Snapshot{Frame: open.frame(renamed(all.Frame, origin)), Report: all.Report, Read: origin.Fetched}, nil
}

// kept takes what the address answered once, and reports whether there is that.
func (k *urlKind) kept(ctx context.Context, cache httpcache.Cache) bool {
	text, m, ok := cache.Load(cacheName, k.url.String())
	if !ok {
		return false
	}
	b := &body{spool: textfile.NewSpool(len(text)), size: int64(len(text))}
	if _, err := b.spool.Write(text); err != nil {
		return false
	}
	s, err := k.take(ctx, b, frame.Origin{Kind: originCache, Fetched: m.Fetched})
	if err != nil {
		return false
	}
	k.etag, k.since, k.last = m.ETag, m.LastModified, s
	return true
}

// fallback is the file that stands in.
func (k *urlKind) fallback(ctx context.Context, p *publisher, what string) (Snapshot, error) {
	if k.other == nil {
		k.other = &file{store: k.store, name: k.src.Fallback.Path}
	}
	p.quiet = true // what comes first would not say that it stands in
	c, err := k.other.read(ctx, p, changed)
	if err == nil && c == same && p.r.last.Fallback != nil && p.r.last.Err == nil && !p.r.last.Asking {
		err = errSame // it is what is shown
	}
	if err != nil {
		return Snapshot{}, err
	}
	note := what + ": " + k.src.Fallback.Path + " stands in"
	if k.src.Fallback.Note != "" {
		note = what + ": " + k.src.Fallback.Note
	}
	return Snapshot{Frame: k.other.frame, Report: k.other.report, Note: note, Away: what, Fallback: k.src.Fallback}, nil
}

// watch implements kind.
func (k *urlKind) watch() *subscription { return nil }

// close implements kind.
func (k *urlKind) close() {
	if k.open != nil {
		k.open.release()
		k.open, k.last = nil, Snapshot{}
	}
}
