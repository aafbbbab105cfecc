package source_test

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
)

// web answers requests as a test says.
type web struct {
	mu     sync.Mutex
	answer func(*http.Request) *http.Response
	asked  []*http.Request
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r)
	resp := w.answer(r)
	if resp == nil {
		return nil, errors.New("the cable was pulled")
	}
	resp.Request = r
	return resp, nil
}

// later is a second in which nothing comes.
type later struct{}

func (later) Read([]byte) (int, error) {
	time.Sleep(time.Second)
	return 0, io.EOF
}

func (w *web) will(answer func(*http.Request) *http.Response) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = answer
}

func (w *web) last() *http.Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[len(w.asked)-1]
}

func says(status int, text string, header ...string) func(*http.Request) *http.Response {
	return func(*http.Request) *http.Response {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(text)), ContentLength: -1}
	}
}

func silent(*http.Request) *http.Response { return nil }

const (
	address = "https://example.com/data/x.csv?key=1"
	table   = "a,b\n1,2\n"
)

// online is a source at an address.
type online struct {
	watched
	web *web
}

func atAddress(t *testing.T, o source.Options, src dashboard.Source, answer func(*http.Request) *http.Response) *online {
	t.Helper()
	w := &online{watched{t: t, root: o.Root}, &web{answer: answer}}
	o.HTTP = &http.Client{Transport: w.web}
	w.store = store(t, o.With(source.NewSystem()))
	if src.URL == "" {
		src.URL = address
	}
	src.Name = "x"
	w.feed = w.store.Open(src, nil)
	t.Cleanup(w.feed.Close)
	w.last = complete(t, w.feed, 0)
	return w
}

func (w *online) again(answer func(*http.Request) *http.Response) source.Snapshot {
	w.t.Helper()
	w.web.will(answer)
	w.feed.Refresh()
	return w.next()
}

var fallback = dashboard.Source{Fallback: &dashboard.Fallback{Path: "old.csv", Note: "figures of last year", Unit: "$", Scale: 1000}}

// cached are options of a folder with a fallback, and of a cache.
func cached(t *testing.T) source.Options {
	return source.Options{Root: folder(t, map[string]string{"old.csv": "a,b\n0,0\n"}), CacheDir: filepath.Join(t.TempDir(), "cache")}
}

func TestT18AnAddressThatRefusesGivesNothingAndWhatWasKeptGoes(t *testing.T) {
	for _, status := range []int{401, 403} {
		o := cached(t)
		synctest.Test(t, func(t *testing.T) {
			w := atAddress(t, o, fallback, says(200, table))
			got := w.again(says(status, ""))
			if got.Err == nil || got.Frame != nil || got.Fallback != nil {
				t.Errorf("got %+v", got)
			}
			equal(t, atAddress(t, o, fallback, silent).last.Frame.Origin().Kind, "file")
		})
	}
}

func TestAnAddress(t *testing.T) {
	run := func(name string, test func(t *testing.T, o source.Options)) {
		t.Run(name, func(t *testing.T) {
			o := cached(t)
			synctest.Test(t, func(t *testing.T) { test(t, o) })
		})
	}
	run("gives what it answers", func(t *testing.T, o source.Options) {
		w := atAddress(t, o, dashboard.Source{}, says(200, table))
		equal(t, w.last.Err, nil)
		equal(t, text(t, w.last.Frame), "a b\n1 2")
		equal(t, w.last.Frame.Origin().Kind, "live")
		equal(t, w.last.Frame.Origin().Name, "example.com")
		equal(t, w.last.Read, time.Now())
	})
	run("is asked whether what it gave still holds", func(t *testing.T, o source.Options) {
		w := atAddress(t, o, dashboard.Source{}, says(200, table, "ETag", `"1"`, "Last-Modified", "then"))
		before := w.last
		got := w.again(says(304, ""))
		equal(t, w.web.last().Header.Get("If-None-Match"), `"1"`)
		equal(t, w.web.last().Header.Get("If-Modified-Since"), "then")
		equal(t, got.Frame, before.Frame)
		equal(t, got.Read.Sub(before.Read), time.Second)
		equal(t, text(t, w.again(says(200, "a,b\n3,4\n")).Frame), "a b\n3 4")
	})
	run("leaves its last figures where it cannot be reached, and says so", func(t *testing.T, o source.Options) {
		w := atAddress(t, o, fallback, says(200, table))
		for _, answer := range []func(*http.Request) *http.Response{silent, says(503, ""), says(429, "")} {
			got := w.again(answer)
			if got.Err == nil {
				t.Error("it is not said")
			}
			equal(t, text(t, got.Frame), "a b\n1 2")
		}
	})
	run("gives what was kept where it cannot be reached", func(t *testing.T, o source.Options) {
		then := time.Now()
		atAddress(t, o, dashboard.Source{}, says(200, table))
		time.Sleep(time.Hour)
		w := atAddress(t, o, fallback, silent)
		equal(t, w.last.Note, "example.com cannot be reached: these are the figures of "+then.Format(time.DateTime))
		equal(t, w.last.Frame.Origin().Kind, "cache")
		equal(t, w.last.Read.Equal(then), true)
		equal(t, text(t, w.last.Frame), "a b\n1 2")
		equal(t, text(t, w.again(says(200, "a,b\n3,4\n")).Frame), "a b\n3 4")
	})
	run("gives the fallback where nothing was kept", func(t *testing.T, o source.Options) {
		for _, answer := range []func(*http.Request) *http.Response{silent, says(404, ""), says(500, ""), says(200, "<html>sign in</html>")} {
			w := atAddress(t, o, fallback, answer)
			equal(t, w.last.Err, nil)
			equal(t, text(t, w.last.Frame), "a b\n0 0")
			equal(t, w.last.Fallback.Unit, "$")
			if !strings.HasSuffix(w.last.Note, ": figures of last year") {
				t.Errorf("it is told as %q", w.last.Note)
			}
		}
	})
	run("tells how much of a long answer has come", func(t *testing.T, o source.Options) {
		slow := func(r *http.Request) *http.Response {
			resp := says(200, "")(r)
			resp.Body = io.NopCloser(io.MultiReader(strings.NewReader("a,b\n"), later{}, strings.NewReader("1,2\n"), later{}, strings.NewReader("3,4\n")))
			resp.ContentLength = 12
			return resp
		}
		w := &online{watched{t: t, root: o.Root}, &web{answer: slow}}
		o.HTTP = &http.Client{Transport: w.web}
		w.feed = store(t, o.With(source.NewSystem())).Open(dashboard.Source{URL: address}, nil)
		t.Cleanup(w.feed.Close)
		got := w.next()
		equal(t, got.Complete, false)
		equal(t, got.Progress, textfile.Progress{Bytes: 8, Total: 12})
		equal(t, text(t, complete(t, w.feed, got.Seq).Frame), "a b\n1 2\n3 4")
	})
	run("gives the fallback again after it refused", func(t *testing.T, o source.Options) {
		w := atAddress(t, o, fallback, silent)
		equal(t, w.again(says(401, "")).Frame, nil)
		equal(t, text(t, w.again(silent).Frame), "a b\n0 0")
		equal(t, text(t, w.again(says(200, table)).Frame), "a b\n1 2")
	})
	run("gives what was kept where the network is off", func(t *testing.T, o source.Options) {
		atAddress(t, o, dashboard.Source{}, says(200, table))
		o.Offline = true
		w := atAddress(t, o, dashboard.Source{}, silent)
		equal(t, text(t, w.last.Frame), "a b\n1 2")
		equal(t, len(w.web.asked), 0)
	})
	run("is asked with the headers, once the reader said yes", func(t *testing.T, o source.Options) {
		path := filepath.Join(o.Root.Name(), "token")
		write(t, o.Root, "token", "from a file\n")
		equal(t, os.Chmod(o.Root.Name(), 0o700), nil)
		yes := false
		o.Allowed = func(dashboard.Source) bool { return yes }
		o.Env = func(name string) (string, bool) { return "secret " + name, true }
		src := dashboard.Source{Headers: []dashboard.Header{{Name: "X-Key", Value: "a ${env:KEY}!"}, {Name: "X-File", Value: "${file:" + path + "}"}}}
		w := atAddress(t, o, src, says(200, table))
		equal(t, w.last.Waiting, "waiting for your yes")
		equal(t, w.last.Complete, false)
		equal(t, len(w.web.asked), 0)
		yes = true
		w.store.Recheck()
		equal(t, text(t, w.next().Frame), "a b\n1 2")
		equal(t, w.web.last().Header.Get("X-Key"), "a secret KEY!")
		equal(t, w.web.last().Header.Get("X-File"), "from a file")
	})
	run("keeps for one what it gave to one", func(t *testing.T, o source.Options) {
		header := func(v string) dashboard.Source {
			return dashboard.Source{Headers: []dashboard.Header{{Name: "X-Key", Value: v}}}
		}
		atAddress(t, o, header("alice"), says(200, table))
		equal(t, atAddress(t, o, header("bob"), silent).last.Frame, nil)
		equal(t, text(t, atAddress(t, o, header("alice"), silent).last.Frame), "a b\n1 2")
	})
	run("is followed within its origin", func(t *testing.T, o source.Options) {
		to := func(where string) func(*http.Request) *http.Response {
			return func(r *http.Request) *http.Response {
				if r.URL.Path == "/new.csv" {
					return says(200, table)(r)
				}
				return says(302, "", "Location", where)(r)
			}
		}
		equal(t, text(t, atAddress(t, o, dashboard.Source{}, to("/new.csv")).last.Frame), "a b\n1 2")
		for _, where := range []string{"http://example.com/new.csv", "https://other.example.com/new.csv", "https://example.com:444/new.csv"} {
			w := atAddress(t, o, dashboard.Source{URL: "https://example.com/" + where}, to(where))
			if w.last.Err == nil || !strings.Contains(w.last.Err.Error(), "which is not followed") {
				t.Errorf("got %v", w.last.Err)
			}
			equal(t, len(w.web.asked), 1)
		}
	})
}

func TestAnAddressIsRefusedByName(t *testing.T) {
	for name, c := range map[string]struct {
		src    dashboard.Source
		answer func(*http.Request) *http.Response
		want   string
	}{
		"http to another machine":    {dashboard.Source{URL: "http://example.com/x.csv"}, nil, "source x: http is for this machine alone: write https://example.com"},
		"another scheme":             {dashboard.Source{URL: "ftp://example.com/x.csv"}, nil, "source x: ftp is no scheme for figures: write https"},
		"a password":                 {dashboard.Source{URL: "https://me:secret@example.com/x.csv"}, nil, "source x: the address holds a name or password: put it into headers, as ${env:NAME}"},
		"no address":                 {dashboard.Source{URL: "https:///x"}, nil, "source x: the address cannot be read: write it as https://host/path"},
		"a variable that is not set": {dashboard.Source{Headers: []dashboard.Header{{Name: "X", Value: "${env:NONE}"}}}, nil, "source x: header X: NONE is not set: set it in the environment"},
		"an answer that is too long": {dashboard.Source{}, func(r *http.Request) *http.Response {
			resp := says(200, "")(r)
			resp.ContentLength = 1 << 40
			return resp
		}, "source x: example.com answered with more than 64 MiB; check url of source x and any proxy on the way"},
		"a page to sign in": {dashboard.Source{}, says(200, "<!DOCTYPE html><html><body>Sign in</body></html>"),
			`source x: what it sent cannot be used: "https://example.com/data/x.csv" cannot be read: it is a web page (HTML), perhaps a sign-in page that was saved in its place: save the data themselves, as CSV; check url of source x`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := atAddress(t, source.Options{}, c.src, c.answer)
				if w.last.Err == nil {
					t.Fatal("it is not refused")
				}
				equal(t, w.last.Err.Error(), c.want)
			})
		})
	}
}

func TestWhatIsAtHandWhileAnAddressIsAsked(t *testing.T) {
	// snapshots are those that a source gives until it rests.
	snapshots := func(t *testing.T, o source.Options, src dashboard.Source, answer func(*http.Request) *http.Response) (all []source.Snapshot) {
		t.Helper()
		w := &web{answer: answer}
		o.HTTP, o.AtHand = &http.Client{Transport: w}, true
		src.URL, src.Name = address, "x"
		feed := store(t, o.With(source.NewSystem())).Open(src, nil)
		defer feed.Close()
		for seq := 0; ; {
			s, err := feed.Next(t.Context(), seq)
			if err != nil {
				t.Fatal(err)
			}
			all, seq = append(all, s), s.Seq
			if s.Complete && !s.Asking || s.Err != nil {
				return all
			}
		}
	}
	slowly := func(status int, text string) func(*http.Request) *http.Response {
		return func(r *http.Request) *http.Response {
			time.Sleep(time.Second)
			return says(status, text)(r)
		}
	}
	folded := fallback
	folded.Transform = []byte(`[{"fold":["a","b"]}]`)
	tests := map[string]struct {
		src  dashboard.Source
		with func(t *testing.T, o *source.Options) // before
		by   func(*http.Request) *http.Response
		want []string // of each snapshot: its figures, where they are from, whether newer ones are asked for
	}{
		"is the fallback, then what the address gives":      {fallback, nil, slowly(200, table), []string{"a b\n0 0 file asking", "a b\n1 2 live"}},
		"stays where the address gives nothing":             {fallback, nil, slowly(503, ""), []string{"a b\n0 0 file asking", "a b\n0 0 file example.com has trouble of its own (HTTP 503)"}},
		"goes where the address refuses":                    {fallback, nil, slowly(403, ""), []string{"a b\n0 0 file asking", "error"}},
		"is made of what the page wants of it":              {folded, nil, slowly(200, table), []string{"a b key value\n0 0 a 0\n0 0 b 0 file asking", "a b key value\n1 2 a 1\n1 2 b 2 live"}},
		"is what was kept, which may still hold":            {fallback, kept, slowly(304, ""), []string{"a b\n7 8 cache asking", "a b\n7 8 live"}},
		"is what was kept, which stays for want of another": {fallback, kept, slowly(503, ""), []string{"a b\n7 8 cache asking", "a b\n7 8 cache example.com has trouble of its own (HTTP 503)"}},
		"is nothing where nothing stands in":                {dashboard.Source{}, nil, slowly(200, table), []string{"a b\n1 2 live"}},
		"need not be asked for as long as it is fresh": {fallback, func(t *testing.T, o *source.Options) {
			kept(t, o)
			o.Fresh = func(dashboard.Source) time.Duration { return time.Hour }
		}, slowly(200, table), []string{"a b\n7 8 cache"}},
		"is asked for once it is not fresh any more": {fallback, func(t *testing.T, o *source.Options) {
			kept(t, o)
			o.Fresh = func(dashboard.Source) time.Duration { return time.Hour }
			time.Sleep(time.Hour)
		}, slowly(200, table), []string{"a b\n7 8 cache asking", "a b\n1 2 live"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := cached(t)
			synctest.Test(t, func(t *testing.T) {
				if tt.with != nil {
					tt.with(t, &o)
				}
				var got []string
				for _, s := range snapshots(t, o, tt.src, tt.by) {
					if s.Err != nil {
						got = append(got, "error")
						continue
					}
					words := []string{text(t, s.Frame), s.Frame.Origin().Kind}
					if s.Asking {
						words = append(words, "asking")
					} else if s.Away != "" {
						words = append(words, s.Away)
					}
					got = append(got, strings.Join(words, " "))
				}
				equal(t, strings.Join(got, "\n\n"), strings.Join(tt.want, "\n\n"))
			})
		})
	}
}

// kept leaves an answer in the cache.
func kept(t *testing.T, o *source.Options) {
	atAddress(t, *o, dashboard.Source{}, says(200, "a,b\n7,8\n", "ETag", `"1"`))
}
