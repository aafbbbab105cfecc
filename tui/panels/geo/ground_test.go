package geo_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/tiles/tileset"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/geo"
)

// tileServer answers with a town in the middle of each tile.
type tileServer struct {
	mu    sync.Mutex
	asked int
	down  bool
}

func (s *tileServer) RoundTrip(*http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.down {
		return nil, errors.New("down")
	}
	field := func(id int, b []byte) []byte {
		return append(binary.AppendUvarint([]byte{byte(id<<3 | 2)}, uint64(len(b))), b...)
	}
	middle := binary.AppendUvarint(binary.AppendUvarint([]byte{9}, 4096), 4096)
	feature := slices.Concat(field(2, []byte{0, 0, 1, 1}), []byte{3 << 3, 1}, field(4, middle))
	layer := slices.Concat(field(1, []byte("place")), field(2, feature), field(3, []byte("class")), field(3, []byte("name")), field(4, field(1, []byte("city"))), field(4, field(1, []byte("Middleton"))))
	tile := slices.Concat(field(3, layer), field(3, field(1, []byte("transportation"))))
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(tile))}, nil
}

func (s *tileServer) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// grounded is a map over tiles.
func grounded(t *testing.T, s *tileServer, refused error) *geo.Panel {
	t.Helper()
	spec := dashboard.Pydeck{Text: []byte(`{"initialViewState":{"latitude":48.46,"longitude":2.109,"zoom":9},"layers":[]}`)}
	set, err := tileset.Open(t.Context(), "https://tiles.example/{z}/{x}/{y}", tileset.Options{HTTP: &http.Client{Transport: s}})
	if err != nil {
		t.Fatal(err)
	}
	env := panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Kind: "pydeck", Spec: &spec}}
	env.Ground = func(context.Context, *dashboard.Panel) (*tileset.Set, error) { return set, refused }
	p := geo.New(env).(*geo.Panel)
	p.SetSize(80, 24)
	run(p, p.Init())
	return p
}

func TestTheGroundOfAMap(t *testing.T) {
	t.Run("is asked for, and shown with whose it is", func(t *testing.T) {
		s := &tileServer{}
		p := grounded(t, s, nil)
		if got := text(p, 80, 24); !strings.Contains(got, "Middleton") || !strings.Contains(got, "© OpenStreetMap contributors") || s.count() == 0 {
			t.Errorf("after %d requests it says:\n%s", s.count(), got)
		}
	})
	t.Run("is asked for again where the view moves, and not where it does not", func(t *testing.T) {
		s := &tileServer{}
		p := grounded(t, s, nil)
		before := s.count()
		run(p, p.Update(struct{}{}))
		if s.count() != before {
			t.Errorf("%d requests for nothing", s.count()-before)
		}
		press(p, "+", "+", "+")
		if s.count() == before {
			t.Error("nearer by, nothing was asked")
		}
		before = s.count()
		press(p, "-", "-", "-")
		if s.count() != before {
			t.Errorf("what was there is asked for again: %d requests", s.count()-before)
		}
	})
	t.Run("stays where the next one cannot be had, and the notes say why", func(t *testing.T) {
		s := &tileServer{}
		p := grounded(t, s, nil)
		s.down = true
		press(p, "+", "+", "+")
		if got := text(p, 80, 24); !strings.Contains(got, "© OpenStreetMap contributors") {
			t.Errorf("it says:\n%s", got)
		}
		if notes := strings.Join(p.Notes(), "\n"); !strings.Contains(notes, "ground: tiles.example") {
			t.Errorf("the notes are %q", notes)
		}
	})
	t.Run("waits for what it needs", func(t *testing.T) {
		s := &tileServer{}
		p := grounded(t, s, errors.New("waiting for your yes"))
		if notes := strings.Join(p.Notes(), "\n"); s.count() != 0 || !strings.Contains(notes, "ground: waiting for your yes") {
			t.Errorf("after %d requests the notes are %q", s.count(), notes)
		}
	})
	t.Run("is nobody's business where none is named", func(t *testing.T) {
		p := deckOf(t, dashboard.Pydeck{Text: []byte(layered)}, nil)
		if got := text(p, 80, 24); strings.Contains(got, "OpenStreetMap") || strings.Contains(strings.Join(p.Notes(), " "), "ground") {
			t.Errorf("it says:\n%s\n%v", got, p.Notes())
		}
	})
}
