package dataframe

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/chart"
)

// look is what the chart is drawn with.
func (f *frame) look() chart.Look { return chart.NewLook(f.env.Theme, f.safe) }

// manyColours says whether there are others to choose: of sixteen and of none
// there is one choice.
func (f *frame) manyColours() bool { return f.env.Theme.Renderer.ColorProfile() < termenv.ANSI }
