package data

import (
	"context"
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

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/data/httpcache"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// fakeNet answers every request by its address, without a socket.
type fakeNet struct {
	answer func(*http.Request) (int, string, http.Header)
	mu     sync.Mutex // three questions go out at once
	asked  []*http.Request
}

func (f *fakeNet) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.asked = append(f.asked, r)
	f.mu.Unlock()
	status, body, h := f.answer(r)
	if status == 0 {
		return nil, errors.New(body)
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

const unText = "Region,1961,1962\nChina,58340740,60690860\n\"Iran, Islamic Republic of\",2997640,3098577\nUnited States of America,89816580,90275010\n"

func serve(status int, body string, headers ...string) *fakeNet {
	h := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &fakeNet{answer: func(*http.Request) (int, string, http.Header) { return status, body, h }}
}

func source(dir string, net *fakeNet, now time.Time) *Source {
	return NewSource(Options{CacheDir: dir, HTTP: &http.Client{Transport: net}, Now: func() time.Time { return now }})
}

func agriculture(t *testing.T, s *Source) Table {
	t.Helper()
	table, err := s.Agriculture(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestSourceAsksOnceADayAndConditionally(t *testing.T) {
	dir := t.TempDir()
	net := serve(200, zipped(t, unText), "ETag", `"v1"`, "Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT")
	if o := agriculture(t, source(dir, net, noon)).Origin; o.Kind != Live || !o.Fetched.Equal(noon) {
		t.Errorf("first %+v", o)
	}
	if o := agriculture(t, source(dir, net, noon.Add(23*time.Hour))).Origin; o.Kind != Cache || !o.Fetched.Equal(noon) || len(net.asked) != 1 {
		t.Errorf("within a day %+v, asked %d times", o, len(net.asked))
	}
	same := serve(304, "")
	later := noon.Add(25 * time.Hour)
	table := agriculture(t, source(dir, same, later))
	if r := same.asked[0]; r.Header.Get("If-None-Match") != `"v1"` || r.Header.Get("If-Modified-Since") == "" {
		t.Errorf("asked with %v", r.Header)
	}
	if o := table.Origin; o.Kind != Live || !o.Fetched.Equal(later) || len(table.Regions) != 3 {
		t.Errorf("unchanged %+v", o)
	}
	if o := agriculture(t, source(dir, same, later.Add(time.Hour))).Origin; o.Kind != Cache || !o.Fetched.Equal(later) {
		t.Errorf("the answer that nothing changed was not kept: %+v", o)
	}
}

func TestSourceFallsBackAndSaysWhy(t *testing.T) {
	huge := strings.Repeat("x", MaxBody+1)
	cases := map[string]struct {
		net  *fakeNet
		note string
	}{
		"a failing server":                {serve(503, ""), "has trouble of its own (HTTP 503)"},
		"no network":                      {serve(0, "no route to host"), "cannot be reached"},
		"an HTML page of a hotel":         {serve(200, "<html>Please log in</html>"), "cannot be used"},
		"a table without years":           {serve(200, "Region,a\nChina,1\n"), "years"},
		"an endless answer":               {serve(200, huge), "more than 16 MiB"},
		"a compressed bomb":               {serve(200, zipped(t, huge)), "larger than 16 MiB"},
		"an answer cut short":             {serve(200, zipped(t, unText)[:40]), "uncompress"},
		"unchanged where nothing is kept": {serve(304, ""), "304"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			o := agriculture(t, source(dir, c.net, noon)).Origin
			if o.Kind != Bundled || !strings.Contains(o.Note, c.note) || strings.Contains(o.Note, "\n") {
				t.Errorf("%+v, want a note with %q", o, c.note)
			}
			if left, _ := os.ReadDir(dir); len(left) != 0 {
				t.Errorf("the cache holds %v", left)
			}
		})
	}
}

func TestAnOldCacheBeatsTheBundledCopyAndABadAnswerDoesNotReplaceIt(t *testing.T) {
	dir := t.TempDir()
	agriculture(t, source(dir, serve(200, unText), noon))
	week := noon.Add(7 * 24 * time.Hour)
	for range 2 {
		table := agriculture(t, source(dir, serve(200, "<html>"), week))
		if o := table.Origin; o.Kind != Cache || !o.Fetched.Equal(noon) || o.Note == "" || table.Regions[1] != "Iran, Islamic Republic of" {
			t.Errorf("%+v", o)
		}
	}
}

// kept is where nobody's copy of the original table lies.
func kept(dir string) string {
	return httpcache.New(dir, "", MaxBody).Path("agriculture.csv.gz", originals.Agriculture)
}

func TestADamagedCacheIsFetchedAgain(t *testing.T) {
	damage := map[string]func(dir string) error{
		"cut short": func(d string) error { return os.Truncate(kept(d), 20) },
		"changed": func(d string) error {
			return os.WriteFile(kept(d), []byte(strings.Replace(unText, "5", "6", 1)), 0o600)
		},
		"meta empty": func(d string) error { return os.Truncate(kept(d)+httpcache.MetaEnd, 0) },
		"meta gone":  func(d string) error { return os.Remove(kept(d) + httpcache.MetaEnd) },
		"body folder": func(d string) error {
			p := kept(d)
			return errors.Join(os.Remove(p), os.Mkdir(p, 0o700))
		},
	}
	for name, breakIt := range damage {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			agriculture(t, source(dir, serve(200, unText), noon))
			if err := breakIt(dir); err != nil {
				t.Fatal(err)
			}
			net := serve(200, unText)
			table := agriculture(t, source(dir, net, noon))
			if len(net.asked) != 1 || net.asked[0].Header.Get("If-None-Match") != "" || table.Origin.Kind != Live {
				t.Errorf("asked %d times, %+v", len(net.asked), table.Origin)
			}
			if o := agriculture(t, source(dir, serve(500, ""), noon)).Origin; name != "body folder" && o.Kind != Bundled && o.Kind != Cache {
				t.Errorf("%+v", o)
			}
		})
	}
}

func TestAHangingServerIsGivenUpInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		s := NewSource(Options{HTTP: &http.Client{Transport: hang}})
		begin := time.Now()
		o := agriculture(t, s).Origin
		if took := time.Since(begin); took != MaxTime || o.Kind != Bundled || !strings.HasSuffix(o.Note, "did not answer in time") {
			t.Errorf("after %s %+v", took, o)
		}
		begin = time.Now()
		if c, err := s.City(t.Context()); err != nil || c.Origin.Kind != Bundled || time.Since(begin) != MaxTime {
			t.Errorf("after %s %+v %v", time.Since(begin), c.Origin, err)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestACacheThatCannotBeWrittenDoesNoHarm(t *testing.T) {
	dir := writeFile(t, "a-file", "in the way")
	o := agriculture(t, source(filepath.Join(dir, "cache"), serve(200, unText), noon)).Origin
	if o.Kind != Live || !strings.Contains(o.Note, "not kept for later") {
		t.Errorf("%+v", o)
	}
}

func TestOfflineTouchesNoNetwork(t *testing.T) {
	net := serve(200, unText)
	s := NewSource(Options{HTTP: &http.Client{Transport: net}, Offline: true})
	table := agriculture(t, s)
	city, err := s.City(t.Context())
	if err != nil || len(net.asked) != 0 || table.Origin.Kind != Bundled || city.Origin.Kind != Bundled {
		t.Errorf("asked %d times, %+v, %+v, %v", len(net.asked), table.Origin, city.Origin, err)
	}
	if !s.Final(table.Origin) {
		t.Error("offline, nothing newer can come")
	}
	if table.Origin.Note != "" || city.Origin.Note != "" {
		t.Errorf("that nobody wants live figures is told as a fault: %q, %q", table.Origin.Note, city.Origin.Note)
	}
}

func TestNowDoesNotWaitForTheNetwork(t *testing.T) {
	net := serve(200, unText)
	s := source(t.TempDir(), net, noon)
	table, err := s.AgricultureNow(t.Context())
	if err != nil || len(net.asked) != 0 || table.Origin.Kind != Bundled || s.Final(table.Origin) {
		t.Errorf("%+v %v, asked %d times", table.Origin, err, len(net.asked))
	}
}

func TestNobodyIsShownOtherFiguresForTheirOwn(t *testing.T) {
	s := NewSource(Options{
		HTTP: &http.Client{Transport: serve(503, "")}, URLs: URLs{Agriculture: "https://data.example.com/own.csv"},
	})
	_, err := s.Agriculture(t.Context())
	var net *NetworkError
	if !errors.As(err, &net) || net.Error() != "data.example.com has trouble of its own (HTTP 503); try again in a minute" {
		t.Errorf("%v", err)
	}
}

func TestACancelledQuestionIsNoAnswer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := NewSource(Options{HTTP: &http.Client{Transport: serve(0, "x")}})
	if _, err := s.Agriculture(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := s.City(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
