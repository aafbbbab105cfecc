package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
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
	huge := strings.Repeat("x", maxBody+1)
	cases := map[string]struct {
		net  *fakeNet
		note string
	}{
		"a failing server":                {serve(503, ""), "answered 503"},
		"no network":                      {serve(0, "no route to host"), "no route to host"},
		"an HTML page of a hotel":         {serve(200, "<html>Please log in</html>"), "cannot be used"},
		"a table without years":           {serve(200, "Region,a\nChina,1\n"), "years"},
		"an endless answer":               {serve(200, huge), "larger than 16 MiB"},
		"a compressed bomb":               {serve(200, zipped(t, huge)), "larger than allowed"},
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

func TestADamagedCacheIsFetchedAnew(t *testing.T) {
	damage := map[string]func(dir string) error{
		"cut short": func(d string) error { return os.Truncate(filepath.Join(d, "agriculture.csv.gz"), 20) },
		"changed": func(d string) error {
			return os.WriteFile(filepath.Join(d, "agriculture.csv.gz"), []byte(strings.Replace(unText, "5", "6", 1)), 0o600)
		},
		"meta empty": func(d string) error { return os.Truncate(filepath.Join(d, "agriculture.csv.gz.meta.json"), 0) },
		"meta gone":  func(d string) error { return os.Remove(filepath.Join(d, "agriculture.csv.gz.meta.json")) },
		"body folder": func(d string) error {
			p := filepath.Join(d, "agriculture.csv.gz")
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
	if !errors.As(err, &net) || net.Error() != "data.example.com answered 503 Service Unavailable" {
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

func TestCityReadsTheOriginalsShapes(t *testing.T) {
	bodies := map[string]string{
		"bike_rental_stats.json": `[{"address":"x","racks":1,"spaces":2,"lon":-122.42,"lat":37.78}]`,
		"bart_stop_stats.json":   `[{"name":"Lafayette (LAFY)","code":"LF","address":"y","entries":"3481","exits":"3616","lon":-122.12,"lat":37.89}]`,
		"bart_path_stats.json":   `[{"inbound":72633,"outbound":74735,"lon":-122.26,"lat":37.8,"lon2":-122.27,"lat2":37.81}]`,
	}
	net := &fakeNet{answer: func(r *http.Request) (int, string, http.Header) {
		return 200, bodies[filepath.Base(r.URL.Path)], nil
	}}
	c, err := source(t.TempDir(), net, noon).City(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(c.Racks, c.Stations, c.Segments); got != "[{-122.42 37.78}] [{LF Lafayette (LAFY) -122.12 37.89 3481 3616}] [{{-122.26 37.8} {-122.27 37.81} 72633 74735}]" {
		t.Error(got)
	}
	if c.Origin.Kind != Live || len(c.Land) == 0 {
		t.Errorf("%+v, %d rings", c.Origin, len(c.Land))
	}
}

func TestDecodeRefusesWhatTheMapCannotShow(t *testing.T) {
	cases := map[string]struct{ body, want string }{
		"no JSON":           {"<html>", "no list"},
		"no list":           {`{"lon":1}`, "no list"},
		"an empty list":     {`[]`, "empty"},
		"cut short":         {`[{"lon":1,"lat":2}`, "cut short after row 1"},
		"no latitude":       {`[{"lon":1}]`, "row 1: a coordinate is missing"},
		"a far latitude":    {`[{"lon":1,"lat":2},{"lon":1,"lat":97}]`, "row 2: latitude 97 is out of range"},
		"a far longitude":   {`[{"lon":181,"lat":2}]`, "longitude 181"},
		"text for a number": {`[{"lon":"east","lat":2}]`, "no number"},
		"not a number":      {`[{"lon":"NaN","lat":2}]`, "no number"},
		"null":              {`[{"lon":null,"lat":2}]`, "no number"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := decodeBikes([]byte(c.body)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
	if _, err := decodeStations([]byte(`[{"name":"x","lon":1,"lat":2,"exits":"-3"}]`)); err == nil {
		t.Error("fewer than no passengers were taken")
	}
}

func TestFilesTakeThePlaceOfTheFigures(t *testing.T) {
	un := writeFile(t, "mine.csv.gz", zipped(t, unText))
	table := agriculture(t, NewSource(Options{File: un}))
	if table.Origin.Kind != File || table.Origin.Name != "mine.csv.gz" || table.Value(0, 1) != 60690860 {
		t.Errorf("%+v", table.Origin)
	}
	bikes := writeFile(t, "bikes.json", `[{"lon":1,"lat":2,"racks":3}]`)
	city, err := NewSource(Options{File: bikes, Offline: true}).City(t.Context())
	if err != nil || len(city.Racks) != 1 || len(city.Stations) != 44 || city.Origin.Kind != File {
		t.Errorf("%+v %v", city.Origin, err)
	}
	missing := filepath.Join(t.TempDir(), "none.csv")
	if _, err := NewSource(Options{File: missing}).Agriculture(t.Context()); err == nil || !strings.Contains(err.Error(), "none.csv") {
		t.Errorf("%v", err)
	}
	wide := writeFile(t, "words.csv", "a,b\nx,y\nz,w\n")
	s := NewSource(Options{File: wide})
	if _, err := s.Agriculture(t.Context()); !errors.Is(err, ErrShape) {
		t.Errorf("%v", err)
	}
	sheet, err := s.Rows(t.Context())
	if err != nil || sheet.Progress().Rows != 2 {
		t.Fatal(err)
	}
	sheet.Close()
}

func TestTableOfTheUNFile(t *testing.T) {
	f, err := os.Open("testdata/agri_un.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := ReadTable(f)
	if err != nil || len(table.Regions) != 49 || table.Bad.Count != 0 {
		t.Fatalf("%d regions, %+v, %v", len(table.Regions), table.Bad, err)
	}
	if d := table.Defaults(); len(d) != 2 || d[0] != "China" || d[1] != "United States of America" {
		t.Errorf("defaults %q", d)
	}
	i, ok := table.Find("Iran, Islamic Republic of")
	if !ok || table.Value(i, 0) != 2997640 || !math.IsNaN(table.Value(i, 9)) {
		t.Errorf("Iran: %d %v %g", i, ok, table.Value(i, 0))
	}
	years, ok := table.Years()
	if !ok || years[0] != 1961 || len(years) != 3 {
		t.Errorf("%v", years)
	}
}

func TestTheBundledTableIsTheUSDAsAlone(t *testing.T) {
	table, err := BundledAgriculture()
	if err != nil || len(table.Regions) != 22 || len(table.Columns) != 59 || table.Bad.Count != 0 {
		t.Fatalf("%d regions, %d years, %v", len(table.Regions), len(table.Columns), err)
	}
	if d := table.Defaults(); len(d) != 2 || d[1] != "United States" {
		t.Errorf("defaults %q", d)
	}
	if !strings.Contains(table.Origin.Name, "USDA") || strings.Contains(table.Origin.Line(noon), "UN Data") {
		t.Errorf("%+v", table.Origin)
	}
}

func TestReadTableCountsBadRows(t *testing.T) {
	table, err := ReadTable(strings.NewReader("Region,1961,1962\nA,1,2\nB,1\nA,3,4\nC,x,1\nD,,5\nE,inf,1\nF,1,1\n,1,1\nG,1,1\nH,1,1\n"))
	if err != nil || table.Bad.Count != 5 || table.Bad.First != "line 3: 2 fields, want 3" {
		t.Errorf("%+v %v", table.Bad, err)
	}
	if got := strings.Join(table.Regions, ""); got != "ADFGH" || !math.IsNaN(table.Value(1, 0)) {
		t.Errorf("%s %v", got, table.Value(1, 0))
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`[]`, `[{"lon":1,"lat":2}]`, `[{"name":"x","lon":"1","lat":2,"exits":"3"}]`, `[{"lon":1,"lat":2,"lon2":3,"lat2":"4","outbound":1e3}]`, `[{`, `[null]`, `[[1]]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		bikes, err := decodeBikes(body)
		for _, p := range bikes {
			if x, y := Mercator(p); err == nil && (math.IsNaN(x+y) || math.IsInf(x+y, 0)) {
				t.Errorf("%v is nowhere on the map", p)
			}
		}
		decodeStations(body)
		decodePaths(body)
		decodeAgriculture(body)
	})
}
