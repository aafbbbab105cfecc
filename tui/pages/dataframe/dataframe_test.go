package dataframe

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

func offline() Source { return data.NewSource(data.Options{Offline: true}) }

func TestFrames(t *testing.T) {
	cases := map[string]struct {
		w, h int
		keys []string
	}{
		"80x24":                {80, 22, nil},
		"40x12":                {40, 10, nil},
		"60x20":                {60, 18, nil},
		"100x30":               {100, 28, nil},
		"120x40":               {120, 38, nil},
		"160x45":               {160, 43, nil},
		"120x40 a year chosen": {120, 38, []string{"right", "right", "down", "s"}},
		"80x24 choosing":       {80, 22, []string{"c", "i", "n"}},
		"80x24 searching":      {80, 22, []string{"/", "9", "8"}},
		"80x24 none chosen":    {80, 22, []string{"x"}},
		"80x24 chart alone":    {80, 22, []string{"f", "f"}},
		"40x12 chart alone":    {40, 10, []string{"f", "f"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := newPage(pagetest.Env(t), offline(), Options{})
			pagetest.Open(t, f, c.w, c.h)
			press(t, f, c.keys...)
			pagetest.Fits(t, view(f), c.w, c.h)
			golden.RequireEqual(t, view(f))
		})
	}
}

func TestTheFrameInColour(t *testing.T) {
	for name, dark := range map[string]bool{"dark": true, "light": false} {
		t.Run(name, func(t *testing.T) {
			env := pagetest.Env(t, termenv.TrueColor)
			env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
			f := newPage(env, offline(), Options{Countries: []string{"India", "China"}})
			pagetest.Open(t, f, 100, 26)
			press(t, f, "right", "down")
			golden.RequireEqual(t, view(f))
		})
	}
}

func TestEveryFrameFits(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	keys := []string{"c", "u", "s", "enter", "esc", "backspace", "right", "end", "s", "f", "/", "9", "n", "down", "x", "y", "p", "shift+right", "pgdown"}
	f := newPage(pagetest.Env(t, termenv.TrueColor), offline(), Options{})
	pagetest.Open(t, f, 80, 24)
	check := func(w, h int) {
		f.SetSize(w, h)
		pagetest.Fits(t, view(f), w, h)
	}
	for w := 1; w <= 250; w += 1 + w/9 {
		for h := 1; h <= 80; h += 1 + h/6 {
			check(w, h)
			if t.Failed() {
				t.Fatalf("at %dx%d", w, h)
			}
		}
	}
	for range 250 {
		k := keys[rng.IntN(len(keys))]
		press(t, f, k)
		w, h := 1+rng.IntN(250), 1+rng.IntN(80)
		check(w, h)
		x, y := rng.IntN(w), rng.IntN(h)
		f.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButton(1 + rng.IntN(7)), Shift: rng.IntN(2) == 0})
		f.Update(tea.MouseMsg{X: rng.IntN(w), Y: rng.IntN(h), Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
		check(w, h)
		if t.Failed() {
			t.Fatalf("after %s at %dx%d, click at %d,%d", k, w, h, x, y)
		}
	}
}

func TestNamesFromOutsideAreCleaned(t *testing.T) {
	evil := "Region,1961,1962\nA\x1b]52;c;eA==\x07B\u202e,1,2\n"
	f := openWith(t, fake{now: table(t, data.Live, evil)})
	pagetest.Fits(t, view(f), 100, 30)
	if strings.ContainsAny(view(f), "\x1b\x07\u202e") {
		t.Errorf("%q", view(f))
	}
}

func TestLoadingFollowsTheNetwork(t *testing.T) {
	usda := "Region,1961,1962\nChina,1000000,2000000\nUnited States,3000000,4000000\n"
	asked := 0
	f := newPage(pagetest.Env(t), fake{now: table(t, data.Bundled, usda), table: table(t, data.Live, world), asked: &asked}, Options{})
	f.SetSize(100, 30)
	wantText(t, f, "Loading the figures")
	first := f.Init()()
	next := f.Update(first)
	wantText(t, f, "United States ×", "asking for newer figures", "Bundled: test figures")
	pagetest.Settle(t, f.Update, next)
	wantText(t, f, "United States of America ×", "Live, just now", "89.82")
	wantNoText(t, f, "asking for newer")
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestAnAnswerToAnOlderQuestionIsDropped(t *testing.T) {
	f := openWorld(t)
	old := f.load.seq
	cmd := f.reload()
	if f.load.seq == old {
		t.Fatal("a new question has no new number")
	}
	other := table(t, data.Live, "Region,1961\nAtlantis,1\n")
	f.Update(loaded{seq: old, table: other, ctx: t.Context()})
	wantNoText(t, f, "Atlantis")
	pagetest.Settle(t, f.Update, cmd)
	wantText(t, f, "China")
}

func TestANewQuestionCancelsTheOld(t *testing.T) {
	var seen context.Context
	f := newPage(pagetest.Env(t), ctxSource{fake{now: table(t, data.Live, world)}, &seen}, Options{})
	f.Init()()
	old := seen
	f.reload()
	if old.Err() == nil {
		t.Error("the old question goes on")
	}
}

type ctxSource struct {
	fake
	seen *context.Context
}

func (s ctxSource) AgricultureNow(ctx context.Context) (data.Table, error) {
	*s.seen = ctx
	return s.fake.AgricultureNow(ctx)
}

func TestNoFiguresAtAll(t *testing.T) {
	net := &data.NetworkError{Reason: "example.com answered 503"}
	f := openWith(t, fake{nowErr: net, err: net})
	wantText(t, f, "This demo requires internet access. Connection error: example.com answered 503", "r try again")
	f.src = fake{now: table(t, data.Live, world)}
	clickOn(t, f, "r try again")
	wantText(t, f, "China")
	f.src = fake{nowErr: net, err: net}
	msgs := press(t, f, "r")
	wantText(t, f, "China")
	if len(msgs) == 0 || msgs[len(msgs)-1].(page.Failed).Err == nil {
		t.Errorf("a failed reload says nothing: %v", msgs)
	}
}

// An address that refuses its figures takes back those that are shown.
func TestT18RefusedFiguresLeaveThePage(t *testing.T) {
	refusal := &data.AnswerError{Reason: "data.example.com refuses access (HTTP 403)", Todo: "ask whoever runs it for access"}
	cached := table(t, data.Bundled, world) // the network may better it
	for name, f := range map[string]*Page{
		"T-18 at once after the copy": openWith(t, fake{now: cached, err: refusal}),
		"T-18 loaded again":           openWorld(t),
		"T-18 while countries are chosen": func() *Page {
			f := openWorld(t)
			f.src = fake{now: cached, err: refusal}
			cmd := f.reload()
			press(t, f, "c")
			pagetest.Settle(t, f.Update, cmd)
			return f
		}(),
	} {
		t.Run(name, func(t *testing.T) {
			f.src = fake{now: cached, err: refusal}
			press(t, f, "r", "x", "s", "down", "y", "Y", "e", "/", "esc")
			clickAt(t, f, 10, 12)
			wantText(t, f, "data.example.com refuses access (HTTP 403); ask whoever runs it for access", "r try again")
			wantNoText(t, f, "China", "internet access")
			var out strings.Builder
			if err := f.Export("csv", &out); !errors.Is(err, refusal) || out.Len() != 0 {
				t.Errorf("exported %q, %v", out.String(), err)
			}
			f.src = fake{now: table(t, data.Live, world)}
			press(t, f, "r")
			wantText(t, f, "China")
		})
	}
}

func TestAFileThatCannotBeReadIsNamed(t *testing.T) {
	bad := errors.New("the data file \"x.csv\" cannot be read: no such file or directory")
	f := openWith(t, fake{nowErr: bad, err: bad})
	wantText(t, f, "x.csv")
	wantNoText(t, f, "internet access")
}

func TestStillPagesAskTheNetworkAtOnce(t *testing.T) {
	env := pagetest.Env(t)
	env.Still = true
	f := newPage(env, fake{nowErr: errors.New("not to be asked"), table: table(t, data.Live, world)}, Options{})
	pagetest.Open(t, f, 80, 22)
	wantText(t, f, "China")
}

func TestKeysAreNotTheGlobalOnes(t *testing.T) {
	global := map[string]bool{"1": true, "2": true, "3": true, "4": true, "tab": true, "shift+tab": true, "l": true, "q": true, "?": true, "ctrl+r": true, "ctrl+c": true, "ctrl+left": true, "ctrl+right": true}
	f := openWorld(t)
	for _, b := range f.Keys() {
		for _, k := range b.Keys() {
			if global[k] {
				t.Errorf("%q is a global key", k)
			}
		}
	}
}

func BenchmarkFrame(b *testing.B) {
	f := newPage(pagetest.Env(b, termenv.TrueColor), offline(), Options{Countries: []string{"China", "India", "Brazil", "United States"}})
	pagetest.Open(b, f, 160, 45)
	keys := []tea.KeyMsg{page.Key("right"), page.Key("left")}
	g := cell.NewGrid(160, 45)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		f.Update(keys[i%2])
		f.Draw(g)
	}
}
