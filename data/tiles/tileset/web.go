package tileset

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/httpcache"
	"github.com/authtabs/tabgate/data/tiles"
)

// Limits of what an address answers, for whoever makes the client.
const (
	MaxTime      = 20 * time.Second // for an answer
	MaxRedirects = 5                // all of them within the origin
	MaxAnswer    = 16 << 20         // bytes of a tile or a part of an archive

	maxTileJSON      = 4 << 20
	cacheName        = "tile"
	tilesOfTemplates = 14 // the finest zoom of a template that says none
)

// Address reads the address of a set and says what is wrong with it.
func Address(text string) (*url.URL, error) {
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(text))
	switch {
	case err != nil || u.Host == "":
		return nil, errors.New("the address cannot be read: write it as https://host/path")
	case u.User != nil:
		return nil, errors.New("the address holds a name or password, which is not supported")
	case strings.Contains(text, "{") && (!strings.Contains(text, "{z}") || !strings.Contains(text, "{x}") || !strings.Contains(text, "{y}")):
		return nil, errors.New("the address needs {z}, {x} and {y}")
	case u.Scheme == "https", u.Scheme == "http" && neterr.Loopback(u.Hostname()):
		return u, nil
	case u.Scheme == "http":
		return nil, fmt.Errorf("http is for this machine alone: write https://%s", u.Host)
	}
	return nil, fmt.Errorf("%s is no scheme for tiles: write https, or the path of a .pmtiles file", u.Scheme)
}

// web asks addresses of one host.
type web struct {
	o             Options
	host, setting string
	cache         httpcache.Cache
}

func (w *web) close() error { return nil }

// answer is what an address gave.
type answer struct {
	body               []byte
	etag, lastModified string
	status             int
	unchanged          bool
	contentRange       string
}

// fail says why an answer failed, in words without the address.
func (w *web) fail(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	what, todo := neterr.Why(w.host, w.setting, err)
	return &AwayError{what + "; " + todo, err}
}

// AwayError tells that an address did not give what it was asked for.
type AwayError struct {
	text string
	err  error
}

// Error says what is wrong and what to do about it.
func (e *AwayError) Error() string { return e.text }

// Unwrap returns the error of the request.
func (e *AwayError) Unwrap() error { return e.err }

// do asks once.
func (w *web) do(ctx context.Context, address string, header http.Header, most int64) (answer, error) {
	if w.o.Offline {
		return answer{}, neterr.ErrOffline
	}
	ctx, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, errors.New("the address cannot be used")
	}
	req.Header = header
	resp, err := w.o.HTTP.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	a := answer{etag: resp.Header.Get("ETag"), lastModified: resp.Header.Get("Last-Modified"), status: resp.StatusCode, contentRange: resp.Header.Get("Content-Range")}
	conditional := header.Get("If-None-Match") != "" || header.Get("If-Modified-Since") != ""
	switch {
	case resp.StatusCode == http.StatusNotModified && conditional:
		a.unchanged = true
		return a, nil
	case resp.StatusCode == http.StatusNoContent:
		return a, nil
	case resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusPartialContent:
		return a, &neterr.StatusError{Host: w.host, Status: resp.StatusCode}
	}
	if header.Get("Range") != "" && resp.StatusCode == http.StatusOK {
		return a, nil // the whole of it, which nobody wants
	}
	if a.body, err = io.ReadAll(io.LimitReader(resp.Body, most+1)); err == nil && int64(len(a.body)) > most {
		err = neterr.TooLarge(most)
	}
	return a, err
}

// fetch returns what an address gives, of what is kept where that is new enough
// or nothing newer can be had; nil where it has nothing.
func (w *web) fetch(ctx context.Context, address string, most int64) ([]byte, error) {
	kept, m, ok := w.cache.Load(cacheName, address)
	now := w.o.Now()
	if age := now.Sub(m.Fetched); ok && age >= 0 && age < fresh {
		return kept, nil
	}
	header := http.Header{}
	if ok && m.ETag != "" {
		header.Set("If-None-Match", m.ETag)
	}
	if ok && m.LastModified != "" {
		header.Set("If-Modified-Since", m.LastModified)
	}
	a, err := w.do(ctx, address, header, most)
	switch kind := neterr.KindOf(err); {
	case err == nil && a.unchanged:
		m.Fetched = now
		_ = w.cache.SaveMeta(cacheName, m) // else it is asked for again
		return kept, nil
	case err == nil:
		if len(a.body) > 0 {
			_ = w.cache.Save(cacheName, a.body, httpcache.Meta{URL: address, ETag: a.etag, LastModified: a.lastModified, Fetched: now})
		}
		return a.body, nil
	case a.status == http.StatusNotFound || a.status == http.StatusGone:
		return nil, nil
	case kind.Refused():
		w.cache.Remove(cacheName, address)
	case ok && kind.Passing() && ctx.Err() == nil || ok && w.o.Offline:
		return kept, nil
	}
	return nil, w.fail(err)
}

// template is an address with {z}, {x} and {y} in it.
type template struct {
	*web
	address     string
	least, most int
	by          string
}

func (t *template) zooms() (least, most int) { return t.least, t.most }
func (t *template) credit() string           { return t.by }

func (t *template) get(ctx context.Context, id tiles.ID) ([]byte, error) {
	if id.Z < t.least || id.Z > t.most || !id.Valid() {
		return nil, nil
	}
	r := strings.NewReplacer("{z}", strconv.Itoa(id.Z), "{x}", strconv.Itoa(id.X), "{y}", strconv.Itoa(id.Y))
	return t.fetch(ctx, r.Replace(t.address), MaxAnswer)
}

// TileJSON is what is read of a TileJSON.
type TileJSON struct {
	Tiles       []string `json:"tiles"`
	MinZoom     *float64 `json:"minzoom"`
	MaxZoom     *float64 `json:"maxzoom"`
	Attribution string   `json:"attribution"`
	Scheme      string   `json:"scheme"`
}

// ParseTileJSON reads a TileJSON from an address: its tiles have to be of the
// same origin, which is the one that was agreed to.
func ParseTileJSON(text []byte, from string) (TileJSON, error) {
	var j TileJSON
	if err := json.Unmarshal(text, &j); err != nil || len(j.Tiles) == 0 {
		return j, errors.New("what it sent is no TileJSON: an address with {z}/{x}/{y}, a TileJSON or a .pmtiles archive is expected")
	}
	at, err := Address(j.Tiles[0])
	if err != nil {
		return j, fmt.Errorf("its TileJSON names tiles that cannot be asked: %w", err)
	}
	if origin, err := Address(from); err != nil || !strings.EqualFold(at.Scheme+"://"+at.Host, origin.Scheme+"://"+origin.Host) {
		return j, fmt.Errorf("its TileJSON names tiles of another origin: name the address of the tiles of %.100s itself", at.Host)
	}
	if !strings.Contains(j.Tiles[0], "{z}") {
		return j, errors.New("its TileJSON names tiles without {z}, {x} and {y}")
	}
	if j.Scheme == "tms" {
		return j, errors.New("its tiles are counted from the south (tms), which is not supported")
	}
	return j, nil
}

func openTileJSON(ctx context.Context, w *web, address string) (store, error) {
	text, err := w.fetch(ctx, address, maxTileJSON)
	if err != nil {
		return nil, err
	}
	if len(text) == 0 {
		return nil, fmt.Errorf("%s has nothing there; check %s", w.host, w.setting)
	}
	j, err := ParseTileJSON(text, address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", w.host, err)
	}
	t := &template{web: w, address: j.Tiles[0], most: tilesOfTemplates, by: j.Attribution}
	if j.MinZoom != nil {
		t.least = int(min(max(*j.MinZoom, 0), tiles.MaxZoom))
	}
	if j.MaxZoom != nil {
		t.most = int(min(max(*j.MaxZoom, 0), tiles.MaxZoom))
	}
	return t, nil
}
