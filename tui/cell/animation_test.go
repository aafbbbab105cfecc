package cell_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/tui/cell"
)

// seconds makes a frame of rows that is shown for some seconds.
func seconds(n int, rows ...string) cell.Frame {
	g := cell.NewGrid(8, len(rows))
	for y, text := range rows {
		g.Text(0, y, text, cell.RGB{0xff, 0xff, 0xff}, 0)
	}
	return cell.Frame{Grid: g, For: time.Duration(n) * time.Second}
}

var (
	layerOf    = regexp.MustCompile(`(?s)<g class="(.)" style="animation-name:(k\d+)">(.*?</g>)\n</g>`)
	keyframeOf = regexp.MustCompile(`([\d.]+)%\{visibility:(visible|hidden)\}`)
	wordOf     = regexp.MustCompile(`>([^<\n]+)</text>`)
)

// visible returns the words that the SVG shows at a time of its loop, in per
// cent, in their order.
func visible(t *testing.T, svg string, percent float64) (words []string) {
	t.Helper()
	for _, layer := range layerOf.FindAllStringSubmatch(svg, -1) {
		_, rule, ok := strings.Cut(svg, "@keyframes "+layer[2]+"{")
		rule, _, ends := strings.Cut(rule, "\n")
		if !ok || !ends {
			t.Fatalf("%s has no keyframes in %s", layer[2], svg)
		}
		shown := false
		for _, k := range keyframeOf.FindAllStringSubmatch(rule, -1) {
			var at float64
			if _, err := fmt.Sscan(k[1], &at); err != nil {
				t.Fatal(err)
			}
			if at <= percent {
				shown = k[2] == "visible"
			}
		}
		if shown {
			words = append(words, textOf(layer[3])...)
		}
	}
	slices.Sort(words)
	return words
}

func textOf(svg string) (words []string) {
	for _, m := range wordOf.FindAllStringSubmatch(svg, -1) {
		words = append(words, m[1])
	}
	return words
}

func TestAnAnimatedSVGShowsEachFrameInItsTime(t *testing.T) {
	svg := cell.AnimatedSVG([]cell.Frame{
		seconds(1, "bar", "one"), seconds(2, "bar", "two"), seconds(4, "other", "three"), seconds(1, "bar", "one"),
	}, 2, cell.SVGOptions{Title: "a film"})
	for percent, want := range map[float64]string{
		0: "bar one", 12: "bar one", 12.5: "bar two", 37: "bar two", 38: "other three", 87: "other three", 88: "bar one", 99: "bar one",
	} {
		if got := strings.Join(visible(t, svg, percent), " "); got != want {
			t.Errorf("at %v%% it shows %q, want %q", percent, got, want)
		}
	}
	if !strings.Contains(svg, "animation:8s step-end infinite") || !strings.Contains(svg, "<title>a film</title>") {
		t.Errorf("no loop of 8 s, or no title: %s", svg)
	}
	if n := len(textOf(svg)); n != 5 {
		t.Errorf("%d rows are in it, want each of the 5 once", n)
	}
}

func TestAnAnimatedSVGStandsStillWhereMotionIsNotWanted(t *testing.T) {
	svg := cell.AnimatedSVG([]cell.Frame{seconds(1, "bar", "one"), seconds(1, "bar", "two")}, 1, cell.SVGOptions{})
	var still []string
	for _, layer := range layerOf.FindAllStringSubmatch(svg, -1) {
		if layer[1] == "s" {
			still = append(still, textOf(layer[3])...)
		}
	}
	if strings.Join(still, " ") != "bar two" || !strings.Contains(svg, ".h{visibility:hidden}") {
		t.Errorf("%q stands still in %s", still, svg)
	}
	before, _, _ := strings.Cut(svg, "@media(prefers-reduced-motion:no-preference)")
	if strings.Contains(before, "animation:") {
		t.Errorf("it moves for everybody: %s", svg)
	}
}

func TestAnAnimatedSVGOfNothingIsNothing(t *testing.T) {
	if svg := cell.AnimatedSVG(nil, 0, cell.SVGOptions{}); svg != "" {
		t.Error(svg)
	}
}
