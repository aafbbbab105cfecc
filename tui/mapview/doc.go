// Package mapview draws a scene of data/deck as deck.gl does: circles, columns,
// lines, arcs, areas and names over the land and water of the world, seen by a
// camera that tilts and turns. It knows no page, no key and no mouse.
//
// A frame goes one way:
//
//	[NewScene]       projects and measures what is drawn, once
//	[Frame]          says what is looked at: scene, view, layers, colours
//	projection       places it: pixels of the web, samples, dots, cells
//	[Ground]         the tiles that are seen, in the place of the coast
//	brush            paints ground and shapes into a raster and into dots
//	labels           chooses which names are written, and where
//	[Painter.Paint]  does these in order and writes the cells
//
// Painter.Under goes back, from a cell to what is shown there, and Viewport and
// Flight are the arithmetic of moving: values in, a View out.
package mapview
