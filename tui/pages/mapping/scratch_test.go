package mapping

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// SCRATCH="name;160x43;dark|light;glyph;profile;keys..." separated by newlines
func TestScratchShots(t *testing.T) {
	for _, line := range strings.Split(os.Getenv("SCRATCH"), "\n") {
		p := strings.Split(line, ";")
		if len(p) < 6 {
			continue
		}
		var w, h int
		fmt.Sscanf(p[1], "%dx%d", &w, &h)
		prof := map[string]termenv.Profile{"t": termenv.TrueColor, "256": termenv.ANSI256, "16": termenv.ANSI, "0": termenv.Ascii}[p[4]]
		a := open(t, w, h, prof)
		g := map[string]theme.Glyphs{"half": theme.Half, "quad": theme.Quadrant, "sext": theme.Sextant, "oct": theme.Octant, "ascii": theme.ASCII}[p[3]]
		a.env.Theme.Rebuild(theme.Options{Dark: p[2] == "dark", Glyphs: g})
		a.Update(page.Rethemed{})
		for _, k := range strings.Fields(p[5]) {
			var x, y int
			if n, _ := fmt.Sscanf(k, "v:%f:%f:%f", &a.view.Zoom, &a.view.Pitch, &a.view.Bearing); n == 3 {
				a.stale = true
			} else if n, _ := fmt.Sscanf(k, "m:%d:%d", &x, &y); n == 2 {
				a.View()
				a.Update(motion(x, y))
			} else {
				pagetest.Press(t, a, k)
			}
		}
		out := a.View()
		fmt.Println(p[0], len(out))
		os.WriteFile("/tmp/map-s-"+p[0]+".ansi", []byte(out), 0o644)
	}
}
