package client_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/klauspost/compress/zstd"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/gate/wire"
	"github.com/authtabs/tabgate/data/source"
)

const sales = "/v1/pages/open/frames/sales"

// first is what the frame of the page open gives first.
func (s *server) first(t *testing.T, h http.HandlerFunc) (*client.Feed, source.Snapshot) {
	t.Helper()
	s.on(sales, h)
	_, f, err := open(t, s.connect(t), "open")
	if err != nil {
		t.Fatal(err)
	}
	snap, err := f.Next(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return f, snap
}

func TestFrames(t *testing.T) {
	const text = "region,amount\nNorth,1\nSouth,2\n"
	plain := func(w http.ResponseWriter, _ *http.Request) { rows(w, text, 2) }
	packed := func(how string, pack func([]byte) []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", how)
			rows(w, string(pack([]byte(text))), 2)
		}
	}
	gz := func(b []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, _ = w.Write(b)
		_ = w.Close()
		return out.Bytes()
	}
	zs := func(b []byte) []byte {
		w, err := zstd.NewWriter(nil)
		if err != nil {
			panic(err)
		}
		defer w.Close()
		return w.EncodeAll(b, nil)
	}
	for name, answer := range map[string]http.HandlerFunc{"as they are": plain, "by gzip": packed("gzip", gz), "by zstd": packed("zstd", zs)} {
		t.Run("rows come "+name, func(t *testing.T) {
			_, snap := newServer(t).first(t, answer)
			if snap.Err != nil || snap.Frame.Len() != 2 {
				t.Errorf("%+v", snap)
			}
		})
	}
	t.Run("rows that the server left out are told", func(t *testing.T) {
		_, snap := newServer(t).first(t, func(w http.ResponseWriter, r *http.Request) {
			plain(w, r)
			w.Header().Set(wire.TruncatedTrailer, "more than 1,000,000 rows")
		})
		if snap.Err != nil || snap.Note != "Rows are missing: more than 1,000,000 rows" {
			t.Errorf("%+v", snap)
		}
	})
	t.Run("a choice is sent as the wire has it", func(t *testing.T) {
		s := newServer(t)
		s.on(wire.PagePath("open"), func(w http.ResponseWriter, _ *http.Request) {
			p := page("open")
			p.Frames[0].Inputs = []string{"size", "region"}
			p.Inputs = json.RawMessage(`[{"range":{"name":"size","source":"sales","field":"amount"}},{"multiselect":{"name":"region","source":"sales","field":"region","options":["North"]}}]`)
			s.json(w, p)
		})
		l, err := s.connect(t).Dashboard(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.connect(t).Page(t.Context(), l.Pages[0], l.Pages.IDs())
		if err != nil {
			t.Fatal(err)
		}
		if q := p.Content.Sources[0].Query; q != " :size :region" {
			t.Errorf("%q", q)
		}
		f := p.Open(t.Context(), p.Content.Sources[0], map[string][]string{"size": {"1", "2"}, "region": {"North", "a&b"}})
		defer f.Close()
		if _, err := f.Next(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if got := s.requests[len(s.requests)-1].URL.RawQuery; got != "input.region=North&input.region=a%26b&input.size=1..2" {
			t.Errorf("%s", got)
		}
	})
}

func TestG51AFrameThatWasCutIsRefused(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"without trailers": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", wire.CSV)
			_, _ = w.Write([]byte("region,amount\nNorth,1\n"))
		},
		"with fewer rows than it says": func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,1\n", 2) },
		"with more rows than it says":  func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,1\n", 0) },
		"with a count that is none": func(w http.ResponseWriter, r *http.Request) {
			rows(w, "region,amount\nNorth,1\n", 1)
			w.Header().Set(wire.RowsTrailer, "one")
		},
		"without a word of what is missing": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", wire.CSV)
			w.Header().Set("Trailer", wire.RowsTrailer)
			_, _ = w.Write([]byte("region,amount\nNorth,1\n"))
			w.Header().Set(wire.RowsTrailer, "1")
		},
		"by an end of the connection": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", wire.CSV)
			w.Header().Set("Trailer", wire.RowsTrailer)
			_, _ = w.Write([]byte("region,amount\nNorth,1\n"))
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"in a row": func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,1\nSou", 2) },
	} {
		t.Run(name, func(t *testing.T) {
			_, snap := newServer(t).first(t, answer)
			if snap.Err == nil || snap.Frame != nil {
				t.Errorf("%+v", snap)
			}
		})
	}
}

func TestG31HostileFrames(t *testing.T) {
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"a value of another type": {func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,one\n", 1) }, "no value of the column's type"},
		"other columns":           {func(w http.ResponseWriter, _ *http.Request) { rows(w, "a,b\nNorth,1\n", 1) }, "other columns"},
		"JSON": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte("[]"))
		}, "no csv"},
		"a page in HTML": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<p>"))
		}, "no csv"},
		"packed in another way": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			rows(w, "x", 1)
		}, "not asked for"},
		"no gzip": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			rows(w, "region,amount\nNorth,1\n", 1)
		}, "gzip"},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/", http.StatusFound)
		}, "not followed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, snap := newServer(t).first(t, test.answer)
			if snap.Err == nil || snap.Frame != nil || !strings.Contains(snap.Err.Error(), test.want) {
				t.Errorf("%v", snap.Err)
			}
		})
	}
}

func TestG31HostilePages(t *testing.T) {
	table := `{"table":{"source":"sales"}}`
	for name, change := range map[string]func(*wire.Page){
		"very many panels": func(p *wire.Page) {
			p.Rows = json.RawMessage("[[" + strings.Repeat(table+",", 100_000/2) + table + "]]")
		},
		"another page":             func(p *wire.Page) { p.ID = "secret" },
		"a file as text":           func(p *wire.Page) { p.Rows = json.RawMessage(`[[{"markdown":{"path":"../../etc/passwd"}}]]`) },
		"a file as a chart":        func(p *wire.Page) { p.Rows = json.RawMessage(`[[{"vega_lite":"charts/x.json"}]]`) },
		"a file as a map":          func(p *wire.Page) { p.Rows = json.RawMessage(`[[{"pydeck":"maps/x.json"}]]`) },
		"a source of its own":      func(p *wire.Page) { p.Rows = json.RawMessage(`[[{"table":{"source":"other"}}]]`) },
		"a kind that nobody knows": func(p *wire.Page) { p.Rows = json.RawMessage(`[[{"shell":{"run":"id"}}]]`) },
		"rows that are none":       func(p *wire.Page) { p.Rows = json.RawMessage(`5`) },
		"inputs in a circle": func(p *wire.Page) {
			p.Inputs = json.RawMessage(`[{"selectbox":{"name":"a","source":"sales","field":"region","from":"b"}},{"selectbox":{"name":"b","source":"sales","field":"region","from":"a"}}]`)
		},
		"two frames of one name":  func(p *wire.Page) { p.Frames = append(p.Frames, p.Frames[0]) },
		"a frame without columns": func(p *wire.Page) { p.Frames[0].Columns = nil },
		"two columns of one name": func(p *wire.Page) { p.Frames[0].Columns = append(p.Frames[0].Columns, p.Frames[0].Columns[0]) },
		"a column of no type":     func(p *wire.Page) { p.Frames[0].Columns[0].Type = "blob" },
		"a frame of an odd name":  func(p *wire.Page) { p.Frames[0].Name = "\x1b[2J" },
		"a frame before its time": func(p *wire.Page) { p.Frames[0].Refresh = -1 },
		"very many frames": func(p *wire.Page) {
			for i := range 1000 {
				f := p.Frames[0]
				f.Name = fmt.Sprint("f", i)
				p.Frames = append(p.Frames, f)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.on(wire.PagePath("open"), func(w http.ResponseWriter, _ *http.Request) {
				p := page("open")
				change(&p)
				s.json(w, p)
			})
			_, _, err := open(t, s.connect(t), "open")
			if !errors.As(err, new(*client.BadAnswerError)) || strings.ContainsAny(err.Error(), "\x1b\n") || len(err.Error()) > 1000 {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("a bomb ends at 4 MiB", func(t *testing.T) {
		s := newServer(t)
		s.on(wire.PagePath("open"), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			defer z.Close()
			for range 1000 {
				if _, err := z.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		})
		if _, _, err := open(t, s.connect(t), "open"); err == nil || !strings.Contains(err.Error(), "more than 4 MiB") {
			t.Errorf("%v", err)
		}
	})
	t.Run("an address in a specification is nowhere asked for", func(t *testing.T) {
		s, other := newServer(t), newServer(t)
		s.on(wire.PagePath("open"), func(w http.ResponseWriter, _ *http.Request) {
			p := page("open")
			p.Rows = json.RawMessage(`[[{"vega_lite":{"data":{"url":"` + other.URL + `/x"},"mark":"bar","encoding":{}}}]]`)
			s.json(w, p)
		})
		_, _, _ = open(t, s.connect(t), "open")
		if got := other.seen(); len(got) > 0 {
			t.Errorf("%q", got)
		}
	})
	for name, text := range map[string]string{"a name twice": `{"id":"open","id":"open"}`, "another shape": `{"id":["open"]}`, "a list": `[]`, "depth": strings.Repeat("[", 5000)} {
		s := newServer(t)
		s.on(wire.PagePath("open"), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(text))
		})
		if _, _, err := open(t, s.connect(t), "open"); !errors.As(err, new(*client.BadAnswerError)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestG31HostileListings(t *testing.T) {
	entry := wire.Entry{ID: "a", Title: "A", Groups: []string{}, Access: wire.Open}
	for name, change := range map[string]func(*wire.Dashboard){
		"an id that leads elsewhere": func(d *wire.Dashboard) { d.Pages[0].ID = "../x" },
		"an empty id":                func(d *wire.Dashboard) { d.Pages[0].ID = "" },
		"an id twice":                func(d *wire.Dashboard) { d.Pages = append(d.Pages, entry) },
		"very many pages": func(d *wire.Dashboard) {
			for i := range 100 {
				e := entry
				e.ID = fmt.Sprint("p", i)
				d.Pages = append(d.Pages, e)
			}
		},
		"no word of groups":      func(d *wire.Dashboard) { d.Pages[0].Groups = nil },
		"a group without a name": func(d *wire.Dashboard) { d.Pages[0].Groups = []string{""} },
		"an access that is none": func(d *wire.Dashboard) { d.Pages[0].Access = "maybe" },
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.on(wire.DashboardPath, func(w http.ResponseWriter, _ *http.Request) {
				d := wire.Dashboard{Pages: []wire.Entry{entry}}
				change(&d)
				s.json(w, d)
			})
			if l, err := s.connect(t).Dashboard(t.Context()); !errors.As(err, new(*client.BadAnswerError)) {
				t.Errorf("%+v, %v", l, err)
			}
		})
	}
	t.Run("titles are cleaned and cut at 200 cells", func(t *testing.T) {
		s := newServer(t)
		s.on(wire.DashboardPath, func(w http.ResponseWriter, _ *http.Request) {
			e := entry
			e.Title, e.About, e.Icon = "\x1b]0;x\x07"+strings.Repeat("世", 500), "a\nb", "\x1b[31m"
			s.json(w, wire.Dashboard{Title: "\u202eDesk", Pages: []wire.Entry{e}})
		})
		l, err := s.connect(t).Dashboard(t.Context())
		if err != nil || strings.ContainsAny(l.Title+l.Pages[0].Title+l.Pages[0].About, "\x1b\x07\n\u202e") || len([]rune(l.Pages[0].Title)) > 110 || l.Pages[0].Icon != "" {
			t.Errorf("%+v, %v", l, err)
		}
	})
}

func TestTroubleKeepsWhatIsOnScreen(t *testing.T) {
	s := newServer(t)
	f, snap := s.first(t, func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,1\n", 1) })
	next := func(h http.HandlerFunc) source.Snapshot {
		t.Helper()
		s.on(sales, h)
		f.Refresh()
		var err error
		if snap, err = f.Next(t.Context(), snap.Seq); err != nil {
			t.Fatal(err)
		}
		return snap
	}
	for name, h := range map[string]http.HandlerFunc{
		"503":    func(w http.ResponseWriter, _ *http.Request) { problem(w, 503, "resting") },
		"429":    func(w http.ResponseWriter, _ *http.Request) { problem(w, 429, "slow down") },
		"no end": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"a cut":  func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNor", 1) },
	} {
		if got := next(h); got.Frame == nil || got.Frame.Len() != 1 || got.Err == nil || !strings.Contains(got.Err.Error(), "These are the figures of 03:04:05") || !got.Complete {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := next(func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,1\nSouth,2\n", 2) }); got.Err != nil || got.Frame.Len() != 2 {
		t.Errorf("it did not come back: %+v", got)
	}
	for _, status := range []int{401, 403, 404} {
		next(func(w http.ResponseWriter, _ *http.Request) { rows(w, "region,amount\nNorth,1\n", 1) })
		if got := next(func(w http.ResponseWriter, _ *http.Request) { problem(w, status, "") }); got.Frame != nil || got.Err == nil {
			t.Errorf("%d left the figures: %+v", status, got)
		}
	}
}

func TestAFrameThatIsTheSameIsNotSentAgain(t *testing.T) {
	s := newServer(t)
	sent := 0
	h := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sent++
		rows(w, "region,amount\nNorth,1\n", 1)
	}
	f, snap := s.first(t, h)
	f.Refresh()
	again, err := f.Next(t.Context(), snap.Seq)
	if err != nil || again.Err != nil || again.Frame != snap.Frame || sent != 1 {
		t.Errorf("%+v, %v, sent %d times", again, err, sent)
	}
}

func TestG25NothingOfAPageIsKeptWhenItIsClosed(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	s := newServer(t)
	s.on(sales, func(w http.ResponseWriter, _ *http.Request) {
		rows(w, "region,amount\n"+strings.Repeat("canary,1\n", 200_000), 200_000)
	})
	c := s.connect(t)
	var figures weak.Pointer[frame.Memory]
	func() {
		_, f, err := open(t, c, "open")
		if err != nil {
			t.Fatal(err)
		}
		snap, err := f.Next(t.Context(), 0)
		if err != nil || snap.Err != nil {
			t.Fatal(err, snap.Err)
		}
		figures = weak.Make(snap.Frame.(*frame.Memory))
		f.Close()
		if _, err := f.Next(t.Context(), 0); !errors.Is(err, source.ErrClosed) {
			t.Errorf("%v", err)
		}
	}()
	for range 10 {
		if runtime.GC(); figures.Value() == nil {
			break
		}
	}
	if figures.Value() != nil {
		t.Error("the figures are still referenced")
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%q, %v", left, err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Error(err)
	}
}

func TestG22AMemberWhoLosesTheGroupLosesThePage(t *testing.T) {
	s := newServer(t)
	token := s.member("Underwriters")
	c := s.connect(t, token)
	_, f, err := open(t, c, "secret")
	if err != nil {
		t.Fatal(err)
	}
	snap, err := f.Next(t.Context(), 0)
	if err != nil || snap.Frame == nil {
		t.Fatal(err, snap.Err)
	}
	s.mu.Lock()
	s.tokens[token] = nil
	s.mu.Unlock()
	f.Refresh()
	snap, err = f.Next(t.Context(), snap.Seq)
	if err != nil || snap.Frame != nil || neterr.KindOf(snap.Err) != neterr.Forbidden {
		t.Errorf("%+v, %v", snap, err)
	}
	if _, _, err := open(t, c, "secret"); neterr.KindOf(err) != neterr.Forbidden {
		t.Errorf("%v", err)
	}
}
