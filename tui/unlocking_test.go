package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// bar is the tab bar as text.
func (d *driver) bar() string {
	bar, _, _ := strings.Cut(d.frame(), "\n")
	return bar
}

// lit returns the words of the tab bar that stand out.
func (d *driver) lit() string {
	g := cell.NewGrid(d.root.width, d.root.height)
	d.root.Draw(g)
	var words strings.Builder
	row := g.Row(0)
	for x := range row {
		if row[x].Attr&cell.Reverse != 0 {
			words.WriteString(g.Cluster(&row[x]))
		}
	}
	return strings.Join(strings.Fields(words.String()), " ")
}

// pass lets the time of the newest tick pass.
func (d *driver) pass() {
	d.t.Helper()
	if len(d.ticks) == 0 {
		d.t.Fatal("nothing waits for time to pass")
	}
	last := d.ticks[len(d.ticks)-1]
	d.ticks = d.ticks[:len(d.ticks)-1]
	d.send(last.Fire())
}

// becomesNobody ends the session.
func (d *driver) becomesNobody() { d.do(d.root.setSession(nobody)) }

// becomes signs somebody in without a box, as another process or a late
// keyring does, and forgets all other ticks.
func (d *driver) becomes(s session.Session) {
	cmd := d.root.setSession(s)
	d.ticks = nil
	d.do(cmd)
	d.ticks = slices.DeleteFunc(d.ticks, func(t pagetest.Tick) bool { return t.After > openSeen }) // the session's own end
}

func TestLocksOpenBeforeOnesEyes(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		before := d.bar()
		if d.lit() != "" {
			t.Fatalf("%q stands out from the start", d.lit())
		}
		d.becomes(both)
		steps := []struct{ bar, lit string }{
			{"2 Plotting Demo ⊘  3 Mapping Demo ⊘", "2 Plotting Demo ⊘ 3 Mapping Demo ⊘"},
			{"2 Plotting Demo ✓  3 Mapping Demo ⊘", "2 Plotting Demo ✓ 3 Mapping Demo ⊘"},
			{"2 Plotting Demo ✓  3 Mapping Demo ✓", "2 Plotting Demo ✓ 3 Mapping Demo ✓"},
			{"2 Plotting Demo  3 Mapping Demo  4", ""},
		}
		for i, want := range steps {
			if got := d.bar(); !strings.Contains(got, want.bar) || d.lit() != want.lit {
				t.Errorf("step %d: %q stands out in %q, want %q", i, d.lit(), got, want.lit)
			}
			if i < len(steps)-1 {
				d.pass()
			}
		}
		if len(d.ticks) != 0 {
			t.Error("the clock runs on")
		}
		d.becomesNobody()
		if d.bar() != before {
			t.Errorf("signed out again the bar is %q, not %q", d.bar(), before)
		}
	})
}

func TestLocksOpenAtOnceWhereMotionIsReduced(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.root.env.ReducedMotion = true
		d.becomes(both)
		if want := "2 Plotting Demo ✓ 3 Mapping Demo ✓"; d.lit() != want {
			t.Errorf("%q stands out, want %q", d.lit(), want)
		}
		d.pass()
		if d.lit() != "" || len(d.ticks) != 0 {
			t.Errorf("%q stands out, and %d ticks wait", d.lit(), len(d.ticks))
		}
	})
}

func TestOnlyTabsThatWereLockedStandOut(t *testing.T) {
	tests := map[string]struct {
		before, after session.Session
		want          string
	}{
		"the one that the new group opens": {underwriter, person("underwriter", "CreditAnalysts", "Underwriters"), "3 Mapping Demo ⊘"},
		"none for somebody in no group":    {nobody, guest, ""},
		"none for the same groups again":   {underwriter, underwriter, ""},
		"none that lock":                   {both, person("both", "Underwriters"), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, func(o *Options) { o.Initial = tt.before }, func(d *driver) {
				d.do(d.root.setSession(tt.after))
				if d.lit() != tt.want {
					t.Errorf("%q stands out", d.lit())
				}
			})
		})
	}
}

func TestATabThatLocksAgainStandsOutNoMore(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.becomes(both)
		late := d.ticks[0]
		d.becomesNobody()
		if d.lit() != "" {
			t.Errorf("%q stands out", d.lit())
		}
		d.do(d.root.setSession(underwriter))
		d.send(late.Fire()) // of the moment before
		if want := "2 Plotting Demo ⊘"; d.lit() != want {
			t.Errorf("%q stands out, want %q", d.lit(), want)
		}
	})
}

func TestAStillPictureHasNoMoment(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		d.root.env.Still = true
		d.do(d.root.setSession(both))
		if bar := d.bar(); d.lit() != "" || strings.Contains(bar, "⊘") {
			t.Errorf("%q stands out in %q", d.lit(), bar)
		}
	})
}

func TestTabsThatOpenStandOutByTheirColour(t *testing.T) {
	drive(t, &fakeAuth{}, nil, func(d *driver) {
		coloured(d.root, termenv.TrueColor)
		d.do(d.root.setSession(underwriter))
		good := cell.FromRGB(d.root.env.Theme.Good)
		for _, shown := range []string{"1", "2"} {
			d.press(shown)
			g := cell.NewGrid(80, 24)
			d.root.Draw(g)
			n := 0
			for _, c := range g.Row(0) {
				if c.BG == good {
					n++
				}
			}
			if want := cell.Width(" 2 Plotting Demo ⊘ "); n != want {
				t.Errorf("tab %s shown: %d cells are green, want %d", shown, n, want)
			}
		}
	})
}

func TestARefreshSaysWhatItOpened(t *testing.T) {
	auth := &fakeAuth{refresh: always(person("underwriter", "CreditAnalysts", "Underwriters"), nil)}
	drive(t, auth, func(o *Options) { o.Initial = underwriter }, func(d *driver) {
		d.press("ctrl+r")
		d.shows("Session refreshed. Your groups: CreditAnalysts, Underwriters. Mapping Demo is open.")
		d.press("ctrl+r")
		d.shows("Session refreshed. Your groups: CreditAnalysts, Underwriters.")
		d.hides("is open.")
	})
}
