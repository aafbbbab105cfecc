// Package mapview draws a city as deck.gl does: hexagons as columns, circles,
// names and arcs over land and water, seen by a camera that tilts and turns.
// It knows no page, no key and no mouse.
//
// A frame goes one way:
//
//	[NewScene]       projects, bins and measures the figures, once
//	[Frame]          says what is looked at: scene, view, layers, colours
//	projection       places it: pixels of the web, samples, dots, cells
//	brush            paints ground, columns, circles and arcs into a raster
//	labels           chooses which names are written, and where
//	[Painter.Paint]  does these in order and writes the cells
//
// [Painter.Under] goes back, from a cell to what is shown there, and [Viewport]
// and [Flight] are the arithmetic of moving: values in, a [View] out.
package mapview
