package cell

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Frame is a grid and how long it is shown.
type Frame struct {
	Grid *Grid
	For  time.Duration
}

// AnimatedSVG returns a standalone picture that shows the frames in a loop, by
// CSS alone. They must be of one size. Where motion is not wanted
// (prefers-reduced-motion) or not supported, it shows the one at index poster.
// A row that several frames have in common is in it once.
func AnimatedSVG(frames []Frame, poster int, o SVGOptions) string {
	if len(frames) == 0 {
		return ""
	}
	o = o.withDefaults()
	var total time.Duration
	pictures := make([]*picture, len(frames))
	for i, f := range frames {
		total += f.For
		pictures[i] = newPicture(f.Grid, o)
	}
	var style, body strings.Builder
	for i, layer := range layers(pictures, o.BG) {
		class := "h"
		if layer.in[poster] {
			class = "s"
		}
		fmt.Fprintf(&body, `<g class="%s" style="animation-name:k%d">`+"\n", class, i)
		layer.draw(&body, o.BG)
		body.WriteString("</g>\n")
		fmt.Fprintf(&style, "@keyframes k%d{%s}\n", i, layer.keyframes(frames, total))
	}
	var b strings.Builder
	pictures[0].open(&b, o)
	fmt.Fprintf(&b, "<style>\n.h{visibility:hidden}\n@media(prefers-reduced-motion:no-preference){.h,.s{animation:%gs step-end infinite}}\n%s</style>\n", total.Seconds(), &style)
	b.WriteString(body.String())
	b.WriteString("</svg>\n")
	return b.String()
}

// layer is the rows that are shown in the same frames. All others are blank.
type layer struct {
	*picture
	in []bool // by frame
}

// layers parts frames into layers, in the order in which they are first shown.
// Each row of each frame is in one of them.
func layers(frames []*picture, page RGB) (out []layer) {
	known := map[string]int{}
	for first, f := range frames {
		for y := range f.h {
			in := rowIn(frames, y, f.row(y))
			if slices.Index(in, true) < first {
				continue // it is in a layer already
			}
			key := fmt.Sprint(in)
			at, ok := known[key]
			if !ok {
				at = len(out)
				known[key], out = at, append(out, layer{blank(f.w, f.h, page), in})
			}
			copy(out[at].row(y), f.row(y))
		}
	}
	return out
}

// rowIn says which frames have this row at y.
func rowIn(frames []*picture, y int, row []ink) []bool {
	in := make([]bool, len(frames))
	for i, f := range frames {
		in[i] = slices.Equal(f.row(y), row)
	}
	return in
}

func blank(w, h int, page RGB) *picture {
	return &picture{w, h, slices.Repeat([]ink{{bg: page}}, w*h)}
}

// keyframes are the times at which the layer comes and goes, in CSS. They hold
// until the next one, by step-end.
func (l layer) keyframes(frames []Frame, total time.Duration) string {
	var b strings.Builder
	var at time.Duration
	for i, f := range frames {
		if i == 0 || l.in[i] != l.in[i-1] {
			visibility := "hidden"
			if l.in[i] {
				visibility = "visible"
			}
			fmt.Fprintf(&b, "%.2f%%{visibility:%s}", 100*float64(at)/float64(total), visibility)
		}
		at += f.For
	}
	return b.String()
}
