package theme

import "github.com/charmbracelet/lipgloss"

// Bubble Tea v1 asks the terminal for its background in an init, and waits
// five seconds where nothing answers. Answering first, before Bubble Tea's
// own init, avoids the question. Go runs the inits of ready packages in the
// order of their import paths, so this works because the package imports
// lipgloss alone and its path sorts before Bubble Tea's.
var _ = answerForTheTerminal()

func answerForTheTerminal() struct{} {
	lipgloss.SetHasDarkBackground(true)
	return struct{}{}
}

// RGB is red, green and blue, 0 to 255 each.
type RGB = [3]uint8

// Palette is every colour of the program.
type Palette struct {
	Background, Surface, Overlay RGB // page, raised parts, boxes above the page
	Text, Muted, Faint           RGB // words, side notes, grid and borders
	Accent, OnAccent             RGB // what is active, words on it
	Good, Warn, Bad              RGB
	Selection                    RGB   // background of the selected row
	Series                       []RGB // one a series, the originals' order
	SeriesSafe                   []RGB // the same for colour-blind readers (Okabe-Ito)
	Map                          MapPalette
}

// MapPalette is the map's own colours.
type MapPalette struct {
	Water, Land, Coast RGB
	Classes            []RGB // six, few to many: ColorBrewer YlOrRd, the original's
	ClassesAlt         []RGB // for this theme: few quiet, many loud, all of them clear of the land
	ClassesSafe        []RGB // for colour-blind readers: the lightness alone tells them apart
	Arc, Picked        RGB   // arcs, what is under the cursor
	Label              RGB
}

func rgb(hex uint32) RGB { return RGB{uint8(hex >> 16), uint8(hex >> 8), uint8(hex)} }

func rgbs(hex ...uint32) []RGB {
	out := make([]RGB, len(hex))
	for i, h := range hex {
		out[i] = rgb(h)
	}
	return out
}

// The series colours are Streamlit's, in its order for each theme; the six
// classes are ColorBrewer's YlOrRd, the default of deck.gl's hexagon layer.
var (
	okabeIto = rgbs(0x56b4e9, 0xe69f00, 0x009e73, 0xf0e442, 0xcc79a7, 0xd55e00)
	ylOrRd   = rgbs(0xffffb2, 0xfed976, 0xfeb24c, 0xfd8d3c, 0xf03b20, 0xbd0026)

	dark = Palette{
		Background: rgb(0x0e1117), Surface: rgb(0x161b22), Overlay: rgb(0x1c222b),
		Text: rgb(0xe6e9ef), Muted: rgb(0x9aa4b2), Faint: rgb(0x3a424e),
		Accent: rgb(0x7aa2f7), OnAccent: rgb(0x0e1117),
		Good: rgb(0x7defa1), Warn: rgb(0xffd16a), Bad: rgb(0xff7b72),
		Selection:  rgb(0x26324a),
		Series:     rgbs(0x83c9ff, 0x0068c9, 0xffabab, 0xff2b2b, 0x7defa1, 0x29b09d, 0xffd16a, 0xff8700, 0x6d3fc0, 0xd5dae5),
		SeriesSafe: okabeIto,
		Map: MapPalette{
			Water: rgb(0x0d1d33), Land: rgb(0x20262d), Coast: rgb(0x64809a),
			Classes: ylOrRd, ClassesAlt: rgbs(0x7f74b8, 0xb070c4, 0xe2729f, 0xf6906a, 0xf9b95a, 0xfdf3a8), ClassesSafe: rgbs(0x416fda, 0x688ccf, 0x90a7bd, 0xb7c1a8, 0xddda98, 0xfff39d),
			Arc: rgb(0xffd2c4), Picked: rgb(0x7aa2f7), Label: rgb(0xe6e9ef),
		},
	}
	light = Palette{
		Background: rgb(0xffffff), Surface: rgb(0xf3f5f8), Overlay: rgb(0xffffff),
		Text: rgb(0x1f2430), Muted: rgb(0x5a6473), Faint: rgb(0xc9d0d9),
		Accent: rgb(0x0550ae), OnAccent: rgb(0xffffff),
		Good: rgb(0x116329), Warn: rgb(0x7d4e00), Bad: rgb(0xb42318),
		Selection:  rgb(0xdbe8fb),
		Series:     rgbs(0x0068c9, 0x83c9ff, 0xff2b2b, 0xffabab, 0x29b09d, 0x7defa1, 0xff8700, 0xffd16a, 0x6d3fc0, 0xd5dae5),
		SeriesSafe: okabeIto,
		Map: MapPalette{
			Water: rgb(0xb8d2e6), Land: rgb(0xe6eae8), Coast: rgb(0x5f7a92),
			Classes: ylOrRd, ClassesAlt: rgbs(0xb5682f, 0xaa4f32, 0x993738, 0x7d2546, 0x571a4c, 0x2d1242), ClassesSafe: rgbs(0x91833a, 0x736e3f, 0x555944, 0x384549, 0x1b304c, 0x001b49),
			Arc: rgb(0x5c0d00), Picked: rgb(0x0550ae), Label: rgb(0x1f2430),
		},
	}
)
