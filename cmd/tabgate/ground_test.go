package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

func TestTheGroundOfAFoldersMaps(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		http.NotFound(w, r)
	}))
	defer server.Close()
	p := newPlace(t)
	places := "groups: []\nsources:\n  places: {values: [{lat: 48.8, lon: 2.3}, {lat: 48.9, lon: 2.4}]}\nrows:\n  - - map: {source: places, ground: \"GROUND\"}\n"
	with := func(ground string) string {
		return p.desk(map[string]string{"pages/3_Places.yaml": strings.Replace(places, "GROUND", ground, 1), "data/broken.pmtiles": "no archive"})
	}
	dir := with(server.URL + "/{z}/{x}/{y}.mvt")
	show := []string{"show", "places", "--dir", dir}
	if got := p.run(show...); got.code != exitConfig || !strings.Contains(got.err, "connects to "+server.URL) || asked.Load() != 0 {
		t.Errorf("before a yes: exit %d, asked %d times: %q", got.code, asked.Load(), got.err)
	}
	if got := p.run("check", dir); got.code != exitDone || asked.Load() != 0 {
		t.Errorf("check: exit %d, asked %d times: %q", got.code, asked.Load(), got.out+got.err)
	}
	if got := p.run("trust", dir, "--yes"); got.code != exitDone {
		t.Errorf("trust: exit %d: %q", got.code, got.err)
	}
	if got := p.run(show...); got.code != exitDone || asked.Load() == 0 {
		t.Errorf("after a yes: exit %d, asked %d times: %q", got.code, asked.Load(), got.err)
	}
	with("data/broken.pmtiles")
	if got := p.run("check", dir); got.code != exitConfig || !strings.Contains(got.out, "pages/3_Places.yaml:5:7 ground: data/broken.pmtiles: it is no PMTiles archive") {
		t.Errorf("a broken archive: exit %d: %q", got.code, got.out+got.err)
	}
	if got := p.run(show...); got.code != exitDone {
		t.Errorf("a broken archive: show has exit %d: %q", got.code, got.err)
	}
}
