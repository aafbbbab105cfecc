package dataframe

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/chart"
)

// look is what the chart is drawn with. With sixteen colours it has as many
// series colours as with more.
func (f *frame) look() chart.Look {
	l := chart.NewLook(f.env.Theme, f.safe)
	if l.Profile == termenv.ANSI {
		l.Series = sixteen[f.env.Theme.Dark]
	}
	return l
}

// manyColours says whether there are others to choose: of sixteen and of none
// there is one choice.
func (f *frame) manyColours() bool { return f.env.Theme.Renderer.ColorProfile() < termenv.ANSI }

// sixteen are ten of the sixteen colours that stay ten, and readable on a dark
// or a light page: the nearest ones to the theme's would be four or five.
var sixteen = map[bool][]canvas.RGB{
	true: {
		{0, 255, 255},
		{255, 255, 0},
		{255, 0, 255},
		{0, 255, 0},
		{255, 0, 0},
		{0, 0, 255},
		{255, 255, 255},
		{0, 128, 128},
		{128, 128, 0},
		{0, 128, 0},
	},
	false: {
		{0, 128, 128},
		{128, 128, 0},
		{128, 0, 128},
		{0, 128, 0},
		{128, 0, 0},
		{0, 0, 255},
		{0, 0, 0},
		{255, 0, 255},
		{255, 0, 0},
		{0, 0, 128},
	},
}
