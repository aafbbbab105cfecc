package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
)

// A hint is a key that a frame shows, and where.
type hint struct {
	name string
	x, y int
}

// hintsOf finds the keys in a frame by what they look like: words in the
// accent's colour that begin with the name of a key. Of what lies below a box
// nothing counts.
func hintsOf(r *Root) (out []hint) {
	g := cell.NewGrid(r.width, r.height)
	r.Draw(g)
	names := map[string]bool{}
	for _, k := range append(keysOf(r), r.keys.force) {
		names[k.Help().Key] = k.Help().Key != ""
	}
	accent := cell.FromRGB(r.env.Theme.Accent)
	for y := 1; y < g.H; y++ {
		for x := 0; x < g.W; x++ {
			start, text := x, ""
			for ; x < g.W && g.At(x, y).FG == accent; x++ {
				text += g.Cluster(g.At(x, y))
			}
			if chord := chordAt(g, x, y); names[chord] && text == "" && visible(r, x, y) {
				out = append(out, hint{chord, x, y})
				x += len([]rune(chord))
			}
			trimmed := strings.TrimLeft(text, " ›")
			first, _, _ := strings.Cut(trimmed, " ")
			for _, name := range []string{strings.TrimSpace(trimmed), first} {
				if names[name] && visible(r, start, y) {
					out = append(out, hint{name, start + len([]rune(text)) - len([]rune(trimmed)), y})
					break
				}
			}
		}
	}
	return out
}

// chordAt returns the word that begins in a cell, if only a key can be meant by
// it, whatever its colour: "ctrl+r", "←/→".
func chordAt(g *cell.Grid, x, y int) string {
	text := ""
	for at := x; at < g.W && !g.At(at, y).Blank(); at++ {
		text += g.Cluster(g.At(at, y))
	}
	if x > 0 && !g.At(x-1, y).Blank() || len([]rune(text)) < 2 || !strings.ContainsAny(text, "+/") {
		return ""
	}
	return text
}

// visible reports whether a cell is part of what gets the keys.
func visible(r *Root, x, y int) bool {
	if r.box == nil || y == r.height-1 {
		return true
	}
	p := r.box.Panel()
	_, list := r.box.(*box.Help) // which lists all keys
	return p.Has(x, y-1) && !list
}

// keysOf is what the footer is made of.
func keysOf(r *Root) []key.Binding {
	if r.box != nil {
		return r.box.Keys()
	}
	all := r.keys.now(r.account).all()
	if p := r.tabs.current(); p != nil {
		all = append(all, p.Keys()...)
	}
	return all
}

// hinted are the states in which the hints of each page and box are looked at.
var hinted = []struct {
	who  session.Session
	keys []string
}{
	{nobody, []string{"", "2", "3", "?", "l", "l s", "l d", "l d s", "l tab", "l tab x"}},
	{analyst, []string{"2"}},
	{person("both", "Underwriters", "CreditAnalysts"), []string{
		"", "down down", "l", "l enter", "?", "2 ?", "3 ?",
		"2", "2 s 1", "2 e", "2 + right", "2 right", "2 f", "2 f right", "2 space",
		"3", "3 / e", "3 o", "3 e", "3 w", "3 f", "3 o b e n f esc", "3 / e enter",
		"4", "4 c", "4 c u", "4 / 1", "4 / 1 enter", "4 s shift+right", "4 f", "4 f f", "4 x",
	}},
}

// eachHinted opens each of these states in windows of three sizes.
func eachHinted(t *testing.T, test func(open func(func(d *driver)))) {
	for _, of := range hinted {
		for _, keys := range of.keys {
			for _, size := range []tea.WindowSizeMsg{{Width: 40, Height: 12}, {Width: 80, Height: 24}, {Width: 160, Height: 45}} {
				t.Run(fmt.Sprintf("%s %q %dx%d", of.who.Sub, keys, size.Width, size.Height), func(t *testing.T) {
					test(func(test func(d *driver)) {
						auth := &deviceAuth{fakeAuth: &fakeAuth{events: make(chan session.Event), begin: beginNew, refresh: always(of.who, nil)}}
						change := func(o *Options) {
							auth.events = make(chan session.Event)
							o.Pages, o.Initial = Pages(figures()), of.who
							o.QR = func(string) []string { return []string{"██"} }
						}
						drive(t, auth, change, func(d *driver) {
							coloured(d.root, termenv.TrueColor)
							d.root.tabs.env.ReducedMotion = true
							d.send(size)
							for _, k := range strings.Fields(keys) {
								if k == "space" {
									k = " "
								}
								d.press(k)
								for range 30 { // The walk has some points.
									if n := len(d.ticks); n > 0 {
										tick := d.ticks[n-1]
										d.ticks = nil
										d.send(tick.Fire())
									}
								}
							}
							test(d)
						})
					})
				})
			}
		}
	}
}

func TestNoKeyIsShownTwice(t *testing.T) {
	eachHinted(t, func(open func(func(*driver))) {
		open(func(d *driver) {
			seen := map[string]bool{}
			for _, h := range hintsOf(d.root) {
				if seen[h.name] {
					d.t.Errorf("%q is shown twice:\n%s", h.name, d.frame())
				}
				seen[h.name] = true
			}
		})
	})
}

// At 80 columns the keys that matter most are on screen: in the footer, or on a
// button.
func TestThePagesOwnKeysStandInTheFooter(t *testing.T) {
	eachHinted(t, func(open func(func(*driver))) {
		open(func(d *driver) {
			hints, own := hintsOf(d.root), d.root.box
			keys := []key.Binding{}
			if p := d.root.tabs.current(); own != nil {
				keys = own.Keys()
			} else if p != nil {
				keys = p.Keys()
			}
			keys = slices.DeleteFunc(keys, func(k key.Binding) bool { return !k.Enabled() || k.Help().Key == "" })
			for _, k := range keys[:min(len(keys), map[int]int{40: 2, 80: 4, 160: 8}[d.root.width])] {
				if !slices.ContainsFunc(hints, func(h hint) bool { return h.name == k.Help().Key }) {
					d.t.Errorf("%q (%s) is nowhere:\n%s", k.Help().Key, k.Help().Desc, d.frame())
				}
			}
		})
	})
}

// room brings the cursor away from the end of its way, where the first key of a
// pair does nothing, and a layer to the map.
var room = map[string]string{"↑/↓": "down down", "←/→": "right right", "+/-": "o b esc -", "pgup/pgdn": "down", "g": "down", "G": "g", "home": "right right", "end": "left left"}

func TestEveryHintActsWhenItIsClicked(t *testing.T) {
	if testing.Short() {
		t.Skip("it opens every page once for every key")
	}
	eachHinted(t, func(open func(func(*driver))) {
		var hints []hint
		open(func(d *driver) { hints = hintsOf(d.root) })
		for _, h := range hints {
			open(func(d *driver) {
				seen := func() string { // the cells, and where the cursor stands
					g := cell.NewGrid(d.root.width, d.root.height)
					d.root.Draw(g)
					at, _ := g.Cursor()
					return fmt.Sprint(at, g.ANSI())
				}
				acts := func() bool {
					before, n := seen(), len(d.seen)
					d.click(h.x, h.y)
					return seen() != before || len(d.seen) > n
				}
				if before := d.frame(); !acts() && !func() bool { d.press(strings.Fields(room[h.name])...); return acts() }() {
					d.t.Errorf("a click on %q at %d,%d does nothing:\n%s", h.name, h.x, h.y, before)
				}
			})
		}
	})
}
