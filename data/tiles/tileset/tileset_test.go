package tileset_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/data/tiles/tileset"
)

// city is a tile with one place in it.
func city(name string) []byte {
	field := func(id int, b []byte) []byte {
		return append(binary.AppendUvarint([]byte{byte(id<<3 | 2)}, uint64(len(b))), b...)
	}
	feature := slices.Concat(field(2, []byte{0, 0, 1, 1}), []byte{3 << 3, 1}, field(4, []byte{9, 20, 20}))
	layer := slices.Concat(field(1, []byte("place")), field(2, feature), field(3, []byte("class")), field(3, []byte("name")), field(4, field(1, []byte("city"))), field(4, field(1, []byte(name))))
	return slices.Concat(field(3, layer), field(3, field(1, []byte("water"))))
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

// archive is a PMTiles archive of the world's tile.
func archive(name string) []byte {
	tile := packed(city(name))
	dir := slices.Concat([]byte{1, 0, 1}, binary.AppendUvarint(nil, uint64(len(tile))), []byte{1})
	about := []byte(`{"attribution":"<a href='x'>Some</a>body &amp; co"}`)
	h := make([]byte, 127)
	copy(h, "PMTiles\x03")
	at := uint64(127)
	for i, part := range [][]byte{dir, about, nil, tile} {
		binary.LittleEndian.PutUint64(h[8+16*i:], at)
		binary.LittleEndian.PutUint64(h[16+16*i:], uint64(len(part)))
		at += uint64(len(part))
	}
	h[97], h[98], h[99], h[101] = 1, 2, 1, 2
	// What a first read does not hold has to be asked for.
	whole := slices.Concat(h, dir, about)
	whole = append(whole, make([]byte, 20000-len(whole))...)
	binary.LittleEndian.PutUint64(h[56:], 20000)
	copy(whole, h)
	return append(whole, tile...)
}

// server answers and counts.
type server struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func serve(t *testing.T, answer http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.asked)
}

// options are those of a test at a time.
func options(dir string, now time.Time) tileset.Options {
	return tileset.Options{HTTP: http.DefaultClient, CacheDir: dir, Now: func() time.Time { return now }}
}

var today = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// name is the place in the world's tile of a set.
func name(t *testing.T, address string, o tileset.Options) (string, error) {
	t.Helper()
	s, err := tileset.Open(t.Context(), address, o)
	if err != nil {
		return "", err
	}
	defer s.Close()
	list, err := s.Load(t.Context(), []tiles.ID{{}})
	if err != nil {
		return "", err
	}
	if list[0] == nil {
		return "none", nil
	}
	return list[0].Places[0].Name, nil
}

func cacheDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "cache")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTemplate(t *testing.T) {
	etag, current := `"1"`, "Rome"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/gone/0/0/0":
			http.NotFound(w, r)
		case r.URL.Path == "/empty/0/0/0":
			w.WriteHeader(http.StatusNoContent)
		case strings.HasPrefix(r.URL.Path, "/shut/"):
			w.WriteHeader(http.StatusForbidden)
		case r.Header.Get("If-None-Match") == etag:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", etag)
			_, _ = w.Write(packed(city(current)))
		}
	})
	dir := cacheDir(t)
	at := func(kind string) string { return s.URL + "/" + kind + "/{z}/{x}/{y}" }
	check := func(t *testing.T, address string, o tileset.Options, want string, asks int) {
		t.Helper()
		before := s.count()
		if got, err := name(t, address, o); got != want || err != nil {
			t.Errorf("it is %q: %v", got, err)
		}
		if n := s.count() - before; n != asks {
			t.Errorf("the server was asked %d times, not %d", n, asks)
		}
	}
	t.Run("is asked once, and then what is kept is used", func(t *testing.T) {
		check(t, at("t"), options(dir, today), "Rome", 1)
		check(t, at("t"), options(dir, today.AddDate(0, 0, 6)), "Rome", 0)
	})
	t.Run("is asked again after a week, with the ETag", func(t *testing.T) {
		check(t, at("t"), options(dir, today.AddDate(0, 0, 8)), "Rome", 1)
		check(t, at("t"), options(dir, today.AddDate(0, 0, 9)), "Rome", 0)
		etag, current = `"2"`, "Milan"
		check(t, at("t"), options(dir, today.AddDate(0, 0, 16)), "Milan", 1)
	})
	t.Run("has no tile where there is none", func(t *testing.T) {
		check(t, at("gone"), options(dir, today), "none", 1)
		check(t, at("empty"), options(dir, today), "none", 1)
	})
	t.Run("is not asked offline", func(t *testing.T) {
		o := options(dir, today.AddDate(1, 0, 0))
		o.Offline = true
		check(t, at("t"), o, "Milan", 0)
		if _, err := name(t, at("other"), o); err == nil {
			t.Error("a tile that is not kept is there")
		}
	})
	t.Run("says why it has no tile, without its address", func(t *testing.T) {
		_, err := name(t, at("shut")+"?key=secret", options(dir, today))
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("it says %v", err)
		}
	})
	t.Run("uses what is kept when nobody answers", func(t *testing.T) {
		s.Close()
		check(t, at("t"), options(dir, today.AddDate(2, 0, 0)), "Milan", 0)
	})
}

func TestTileJSON(t *testing.T) {
	var text string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/planet" {
			_, _ = w.Write([]byte(text))
			return
		}
		_, _ = w.Write(city("Oslo"))
	})
	t.Run("names the tiles, their zooms and whose they are", func(t *testing.T) {
		text = fmt.Sprintf(`{"tiles":["%s/x/{z}/{x}/{y}.pbf"],"minzoom":0,"maxzoom":3,"attribution":"<b>Me</b> &copy; you"}`, s.URL)
		set, err := tileset.Open(t.Context(), s.URL+"/planet", options("", today))
		if err != nil {
			t.Fatal(err)
		}
		list, err := set.Load(t.Context(), []tiles.ID{{Z: 3, X: 1, Y: 2}, {Z: 4}})
		if err != nil || list[0] == nil || list[1] != nil || list[0].Places[0].Name != "Oslo" {
			t.Errorf("tiles are %v: %v", list, err)
		}
		if least, most := set.Zooms(); set.Credit() != "Me © you" || least != 0 || most != 3 {
			t.Errorf("it has zooms %d to %d, by %q", least, most, set.Credit())
		}
	})
	for why, bad := range map[string]string{
		"another origin":      `{"tiles":["https://elsewhere.example/{z}/{x}/{y}"]}`,
		"counted from the so": fmt.Sprintf(`{"tiles":["%s/{z}/{x}/{y}"],"scheme":"tms"}`, s.URL),
		"no TileJSON":         `{"layers":[]}`,
		"cannot be asked":     `{"tiles":["file:///etc/{z}{x}{y}"]}`,
		"without {z}":         fmt.Sprintf(`{"tiles":["%s/one.pbf"]}`, s.URL),
		"is no TileJSON":      `<html>`,
	} {
		t.Run("is refused: "+why, func(t *testing.T) {
			text = bad
			if _, err := tileset.Open(t.Context(), s.URL+"/planet", options("", today)); err == nil || !strings.Contains(err.Error(), why) {
				t.Errorf("it says %v", err)
			}
		})
	}
}

func TestATileJSONThatIsNotThere(t *testing.T) {
	s := serve(t, http.NotFound)
	o := options("", today)
	o.Setting = "--tiles"
	if _, err := tileset.Open(t.Context(), s.URL+"/planet", o); err == nil || !strings.Contains(err.Error(), "has nothing there; check --tiles") {
		t.Errorf("it says %v", err)
	}
}

func TestArchiveAtAnAddress(t *testing.T) {
	etag, current, whole := `"1"`, archive("Bern"), false
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if whole {
			_, _ = w.Write(current)
			return
		}
		w.Header().Set("ETag", etag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(current))
	})
	dir := cacheDir(t)
	address := s.URL + "/a.pmtiles"
	t.Run("is read in parts, which are kept", func(t *testing.T) {
		if got, err := name(t, address, options(dir, today)); got != "Bern" || err != nil || s.count() != 2 {
			t.Errorf("it is %q after %d requests: %v", got, s.count(), err)
		}
		if got, err := name(t, address, options(dir, today)); got != "Bern" || err != nil || s.count() != 2 {
			t.Errorf("then it is %q after %d requests: %v", got, s.count(), err)
		}
	})
	t.Run("is opened again where it was replaced", func(t *testing.T) {
		set, err := tileset.Open(t.Context(), address, options("", today))
		if err != nil {
			t.Fatal(err)
		}
		if set.Credit() != "Some body & co" {
			t.Errorf("it is by %q", set.Credit())
		}
		etag, current = `"2"`, archive("Zurich")
		if list, err := set.Load(t.Context(), []tiles.ID{{}}); err != nil || list[0].Places[0].Name != "Zurich" {
			t.Errorf("tiles are %v: %v", list, err)
		}
	})
	t.Run("is refused from a server that gives no parts", func(t *testing.T) {
		whole = true
		if _, err := name(t, address, options("", today)); err == nil || !strings.Contains(err.Error(), "gives no parts of files") {
			t.Errorf("it says %v", err)
		}
	})
}

func TestArchiveInAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pmtiles")
	if err := os.WriteFile(path, archive("Vaduz"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := tileset.Options{Open: func(path string) (tileset.File, error) { return os.Open(path) }}
	if got, err := name(t, path, o); got != "Vaduz" || err != nil {
		t.Errorf("it is %q: %v", got, err)
	}
	if _, err := name(t, path, tileset.Options{}); err == nil {
		t.Error("a file is read where none may be")
	}
	if err := os.WriteFile(path, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := name(t, path, o); err == nil || !strings.Contains(err.Error(), "it is no PMTiles archive") {
		t.Errorf("it says %v", err)
	}
}

func TestAddressesThatAreRefused(t *testing.T) {
	for address, why := range map[string]string{
		"http://maps.example/{z}/{x}/{y}":          "write https://maps.example",
		"https://me:secret@maps.example/planet":    "holds a name or password",
		"ftp://maps.example/{z}/{x}/{y}":           "ftp is no scheme",
		"https:///planet":                          "cannot be read",
		"https://maps.example/{z}/{x}":             "needs {z}, {x} and {y}",
		"https://maps.example/{quadkey}/tiles.pbf": "needs {z}, {x} and {y}",
	} {
		_, err := tileset.Open(t.Context(), address, options("", today))
		if err == nil || !strings.Contains(err.Error(), why) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: it says %v", address, err)
		}
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	begun := make(chan struct{}, 8)
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		begun <- struct{}{}
		<-r.Context().Done()
	})
	set, err := tileset.Open(t.Context(), s.URL+"/{z}/{x}/{y}", options("", today))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	if _, err := set.Load(ctx, []tiles.ID{{Z: 3}, {Z: 3, X: 1}, {Z: 3, X: 2}, {Z: 3, X: 3}, {Z: 3, X: 4}, {Z: 3, X: 5}}); !errors.Is(err, context.Canceled) {
		t.Errorf("it says %v", err)
	}
}

func FuzzTileJSON(f *testing.F) {
	f.Add([]byte(`{"tiles":["https://a.example/{z}/{x}/{y}"],"minzoom":0,"maxzoom":14,"attribution":"<b>x</b>"}`))
	f.Add([]byte(`{"tiles":["HTTPS://A.example/{z}/{x}/{y}?k={z}"],"scheme":"xyz","maxzoom":1e400}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		j, err := tileset.ParseTileJSON(text, "https://a.example/planet")
		if err != nil {
			return
		}
		if u, err := tileset.Address(j.Tiles[0]); err != nil || !strings.EqualFold(u.Host, "a.example") || u.Scheme != "https" {
			t.Errorf("tiles are asked at %q: %v", j.Tiles[0], err)
		}
		if strings.ContainsAny(tileset.Plain(j.Attribution), "\n\t") {
			t.Errorf("%q is not one line", tileset.Plain(j.Attribution))
		}
	})
}
